using System;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Formats.Osf;

/// <summary>
/// Reads the lines of <c>pf.os</c>, in the format of p0f 2 and OpenBSD's pf.os(5):
/// <c>window:ttl:df:size:options:genre:version:subtype:details</c>.
/// </summary>
internal static class OsFingerprintText
{
    private const int Colons = 8;
    private const int LongestLine = 1023; // the original's buffer

    private const byte EndOfOptions = 0; // enum iana_options, linux/netfilter/nfnetlink_osf.h
    private const byte NoOperation = 1;
    private const byte MaximumSegmentSize = 2;
    private const byte WindowScale = 3;
    private const byte SackPermitted = 4;
    private const byte Timestamp = 8;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <returns>False when the line is blank or a comment.</returns>
    /// <exception cref="UsageException">It is not a fingerprint, or one that the kernel cannot compare.</exception>
    public static bool TryRead(ReadOnlySpan<byte> line, out OsFingerprint fingerprint)
    {
        fingerprint = default;
        ReadOnlySpan<byte> rest = line.Trim(" \t\r"u8);
        if (rest.IsEmpty || rest[0] == '#')
        {
            return false;
        }

        if (rest.Length > LongestLine)
        {
            throw new UsageException($"it has {rest.Length} bytes, and {LongestLine} are the most.");
        }

        if (rest.Count((byte)':') is not Colons and int colons)
        {
            throw new UsageException(
                $"it has {colons} colons, must be {Colons}: window:ttl:df:size:options:genre:version:subtype:details.");
        }

        if (rest.Contains((byte)0))
        {
            throw new UsageException("it has a zero byte in it.");
        }

        fingerprint.Window = ReadWindow(NextField(ref rest));
        fingerprint.TimeToLive = (byte)ReadPlain(NextField(ref rest), byte.MaxValue, "TTL (0 to 255)");
        fingerprint.DontFragment = (byte)ReadPlain(NextField(ref rest), 1, "\"don't fragment\" bit (0 or 1)");
        fingerprint.PacketSize = (ushort)ReadPlain(NextField(ref rest), ushort.MaxValue, "packet size (0 to 65535)");
        ReadOptions(NextField(ref rest), ref fingerprint);
        ReadGenre(NextField(ref rest), ref fingerprint.Genre);
        ReadText(NextField(ref rest), ref fingerprint.Version);
        ReadText(NextField(ref rest), ref fingerprint.Subtype);
        return true;
    }

    private static ReadOnlySpan<byte> NextField(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)':');
        ReadOnlySpan<byte> field = rest[..end];
        rest = rest[(end + 1)..];
        return field.TrimStart(" \t"u8);
    }

    private static OsFingerprintValue ReadWindow(ReadOnlySpan<byte> field)
    {
        const string What = "window (a number up to 65535, *, %n, Sn or Tn)";
        OsFingerprintComparison comparison = field switch
        {
            [(byte)'S', ..] => OsFingerprintComparison.SegmentSizes,
            [(byte)'T', ..] => OsFingerprintComparison.TransmissionUnits,
            _ => OsFingerprintComparison.Equal,
        };
        return comparison == OsFingerprintComparison.Equal
            ? ReadValue(field, ushort.MaxValue, field, What)
            : new() { Comparison = comparison, Value = ReadNumber(field[1..], 0, ushort.MaxValue, field, What) };
    }

    /// <summary>A number for which the kernel has no wildcard, but the format does: <c>*</c> becomes 0, as in the original.</summary>
    private static uint ReadPlain(ReadOnlySpan<byte> field, uint max, string what) =>
        IsWildcard(field) ? 0 : ReadNumber(field, 0, max, field, what);

    private static void ReadOptions(ReadOnlySpan<byte> field, ref OsFingerprint fingerprint)
    {
        int length = 0;
        foreach (Range range in field.SplitAny(", \t"u8))
        {
            ReadOnlySpan<byte> word = field[range];
            if (word.IsEmpty || word.SequenceEqual("."u8))
            {
                continue;
            }

            OsFingerprintOption option = ReadOption(word);
            length += option.Length;
            if (length > OsFingerprint.OptionList.Capacity)
            {
                throw new UsageException(
                    $"its options take more than the {OsFingerprint.OptionList.Capacity} bytes that TCP has for them.");
            }

            fingerprint.Options[fingerprint.OptionCount++] = option;
        }
    }

    private static OsFingerprintOption ReadOption(ReadOnlySpan<byte> word) => word switch
    {
        [(byte)'E'] => new() { Kind = EndOfOptions, Length = 1 },
        [(byte)'N'] => new() { Kind = NoOperation, Length = 1 },
        [(byte)'S'] => new() { Kind = SackPermitted, Length = 2 },
        [(byte)'T'] or [(byte)'T', (byte)'0'] => new() { Kind = Timestamp, Length = 10 }, // its value is not compared
        [(byte)'M', .. var value] => new()
        {
            Kind = MaximumSegmentSize,
            Length = 4,
            Value = ReadValue(value, ushort.MaxValue, word, "maximum segment size (Mn, M* or M%n)"),
        },
        [(byte)'W', .. var value] => new()
        {
            Kind = WindowScale,
            Length = 3,
            Value = ReadValue(value, byte.MaxValue, word, "window scale (Wn, W* or W%n)"),
        },
        _ => throw Wrong(word, "option that the kernel can compare (E, N, S, T, T0, Mn, Wn)"),
    };

    /// <summary>A number, a divisor (<c>%n</c>), or any (<c>*</c>).</summary>
    private static OsFingerprintValue ReadValue(ReadOnlySpan<byte> text, uint max, ReadOnlySpan<byte> field, string what) => text switch
    {
        [(byte)'%', .. var n] => new() { Comparison = OsFingerprintComparison.Multiple, Value = ReadNumber(n, 1, max, field, what) },
        _ when IsWildcard(text) => default,
        _ => new() { Value = ReadNumber(text, 0, max, field, what) },
    };

    private static bool IsWildcard(ReadOnlySpan<byte> text) => text.TrimEnd(" \t"u8).SequenceEqual("*"u8);

    /// <summary>Reads a decimal number; <paramref name="field"/> and <paramref name="what"/> are for the error message.</summary>
    private static uint ReadNumber(ReadOnlySpan<byte> text, uint min, uint max, ReadOnlySpan<byte> field, string what)
    {
        ReadOnlySpan<byte> digits = text.TrimEnd(" \t"u8);
        return !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(digits, out uint number, out _) && number >= min && number <= max
            ? number
            : throw Wrong(field, what);
    }

    /// <summary>
    /// Ignores <c>*</c> and <c>@</c> before the name, which are instructions to p0f.
    /// </summary>
    private static void ReadGenre(ReadOnlySpan<byte> field, ref OsFingerprint.Text text)
    {
        ReadOnlySpan<byte> genre = field is [(byte)'*' or (byte)'@', .. var name] ? name : field;
        if (genre.IsEmpty)
        {
            throw new UsageException("it names no system.");
        }

        ReadText(genre, ref text);
    }

    /// <summary>Truncates what does not fit, as the original does.</summary>
    private static void ReadText(ReadOnlySpan<byte> field, ref OsFingerprint.Text text)
    {
        Span<byte> room = MemoryMarshal.AsBytes(new Span<OsFingerprint.Text>(ref text))[..^1];
        field[..Math.Min(field.Length, room.Length)].CopyTo(room);
    }

    private static UsageException Wrong(ReadOnlySpan<byte> field, string what) => new($"\"{MessageText.Of(field)}\" is not a valid {what}.");
}
