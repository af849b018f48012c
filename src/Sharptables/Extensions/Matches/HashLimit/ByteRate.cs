using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// A rate in bytes per second (<c>512kb/s</c>). The kernel counts units of 16 bytes (XT_HASHLIMIT_BYTE_SHIFT) and holds the cost of one:
/// 2^32 divided by the rate (linux/netfilter/xt_hashlimit.h).
/// </summary>
internal static class ByteRate
{
    private const int Shift = 4;

    /// <summary>Whether a text is a rate of bytes, not packets.</summary>
    public static bool IsOne(ReadOnlySpan<byte> text) => text.IndexOf("b/s"u8) >= 0;

    /// <summary>Reads a rate.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cost">The cost; 0 when the rate is too high to be represented.</param>
    /// <returns>Whether it is a rate.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong cost)
    {
        cost = 0;
        if (text.TrimStart(" \t\n\v\f\r"u8) is [(byte)'-', ..] || !DecimalText.TryReadPrefix(text, out ulong value, out text) || value == 0)
        {
            return false;
        }

        text = text.TrimStart((byte)' ');
        byte letter = text[0];
        int shift = letter switch
        {
            (byte)'k' => 10,
            (byte)'m' => 20,
            _ => 0,
        };

        // The original takes any other letter's b for bytes: 1Mb/s would be one byte per second.
        if (!text[(shift == 0 ? 0 : 1)..].StartsWith("b/s"u8) && char.IsAsciiLetter((char)letter))
        {
            return false;
        }

        bool isTooFast = value > ulong.MaxValue >> shift || (value << shift >> Shift) >= uint.MaxValue;
        cost = isTooFast ? 0 : CostOf(value << shift);
        return true;
    }

    /// <summary>The rate of a cost, in bytes per second; 0 for less than one unit.</summary>
    public static ulong BytesOf(ulong cost) => cost is 0 or > uint.MaxValue ? 0 : ((uint.MaxValue / cost) - 1) << Shift;

    /// <summary>A number of bytes in the words of nft(8).</summary>
    /// <param name="bytes">The number.</param>
    /// <param name="isExact">Whether the unit is the largest that divides it, not the largest in which it is a whole number or more.</param>
    public static string NftWords(ulong bytes, bool isExact)
    {
        int unit = 0;
        while (unit < 2 && bytes >= 1024 && (!isExact || bytes % 1024 == 0))
        {
            bytes /= 1024;
            unit++;
        }

        return $"{bytes} {(unit == 0 ? "" : unit == 1 ? "k" : "m")}bytes";
    }

    /// <summary>Writes a rate, in the largest unit that reads back as the same.</summary>
    public static void Write(ulong cost, Output output)
    {
        ulong bytes = BytesOf(cost);
        WriteBytes(Math.Max(bytes, 1), whole => CostOf((uint)whole) == cost, output); // 1b/s is stored as less than a unit
        output.Write("/s"u8);
    }

    /// <summary>A burst as a multiple of the rate.</summary>
    public static ulong BurstOf(ulong bytes, ulong cost)
    {
        ulong rate = BytesOf(cost);
        return (bytes / rate) + (bytes % rate == 0 ? 0ul : 1ul);
    }

    /// <summary>Writes a burst, in the largest unit that reads back as the same.</summary>
    /// <param name="burst">The burst, as a multiple of the rate.</param>
    /// <param name="cost">The cost that stands for the rate.</param>
    /// <param name="output">Where to write.</param>
    public static void WriteBurst(ulong burst, ulong cost, Output output)
    {
        ulong rate = Math.Max(BytesOf(cost), 1);
        WriteBytes(burst * rate, whole => (whole + rate - 1) / rate == burst, output);
    }

    private static ulong CostOf(ulong bytes) => uint.MaxValue / ((bytes >> Shift) + 1);

    private static void WriteBytes(ulong bytes, Func<ulong, bool> isSame, Output output)
    {
        int shift = 20;
        while (shift > 0 && (bytes >> shift == 0 || !isSame(bytes >> shift << shift)))
        {
            shift -= 10;
        }

        output.WriteNumber(bytes >> shift);
        output.Write(shift switch
        {
            20 => "mb",
            10 => "kb",
            _ => "b",
        });
    }
}
