using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>Chunks of an SCTP packet, in two words: <c>any DATA:Be,INIT</c>; a flag in upper case is set, in lower case clear.</summary>
internal sealed partial class SctpChunkSyntax : Syntax<SctpChunks>
{
    private const int UsedBytes = SctpChunks.TypeCount / 8;
    private const uint Any = 1; // SCTP_CHUNK_MATCH_ANY
    private const uint All = 2;
    private const uint Only = 4;

    /// <summary>In the order of iptables' manual, by which its messages number them; the last letter is bit 0 of the flags.</summary>
    private static readonly (string Name, byte Type, string Flags)[] s_chunks =
    [
        ("DATA", 0, "IUBE"), ("INIT", 1, ""), ("INIT_ACK", 2, ""), ("SACK", 3, ""), ("HEARTBEAT", 4, ""), ("HEARTBEAT_ACK", 5, ""),
        ("ABORT", 6, "T"), ("SHUTDOWN", 7, ""), ("SHUTDOWN_ACK", 8, ""), ("ERROR", 9, ""), ("COOKIE_ECHO", 10, ""),
        ("COOKIE_ACK", 11, ""), ("ECN_ECNE", 12, ""), ("ECN_CWR", 13, ""), ("SHUTDOWN_COMPLETE", 14, "T"), ("I_DATA", 64, "IUBE"),
        ("RE_CONFIG", 130, ""), ("PAD", 132, ""), ("ASCONF", 193, ""), ("ASCONF_ACK", 128, ""), ("FORWARD_TSN", 192, ""),
        ("I_FORWARD_TSN", 194, ""),
    ];

    /// <inheritdoc/>
    public override string Placeholder => "all|any|only type[:flags][,...]";

    /// <inheritdoc/>
    public override int Words => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => [.. Array.ConvertAll(s_chunks, static c => c.Name), "ALL", "NONE"];

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref SctpChunks field)
    {
        field.Quantity = Ascii.EqualsIgnoreCase(argument.Text, "any"u8) ? Any
            : Ascii.EqualsIgnoreCase(argument.Text, "all"u8) ? All
            : Ascii.EqualsIgnoreCase(argument.Text, "only"u8) ? Only
            : throw new UsageException("Match type has to be one of \"ALL\", \"ANY\" or \"ONLY\"");
        ReadOnlySpan<byte> list = argument.Second;
        if (Ascii.EqualsIgnoreCase(list, "ALL"u8))
        {
            ((Span<byte>)field.Types).Fill(byte.MaxValue);
        }
        else if (!Ascii.EqualsIgnoreCase(list, "NONE"u8))
        {
            foreach (Range range in list.Split((byte)','))
            {
                if (!list[range].IsEmpty)
                {
                    Add(list[range], ref field);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(in SctpChunks field, Output output, in Format format)
    {
        output.Write(field.Quantity switch { All => "all "u8, Only => "only "u8, _ => "any "u8 });
        ReadOnlySpan<byte> types = ((ReadOnlySpan<byte>)field.Types)[..UsedBytes];
        if (!types.ContainsAnyExcept(types[0]) && types[0] is 0 or byte.MaxValue)
        {
            output.Write(types[0] == 0 ? "NONE"u8 : "ALL"u8);
            return;
        }

        bool isFirst = true;
        for (int type = 0; type < SctpChunks.TypeCount; type++)
        {
            if ((types[type / 8] & (1 << (type % 8))) != 0)
            {
                output.Write(isFirst ? "" : ",");
                isFirst = false;
                int chunk = IndexOf((byte)type);
                if (chunk < 0 || (format.IsListing && format.IsNumeric))
                {
                    WriteHex(type, output);
                }
                else
                {
                    output.Write(s_chunks[chunk].Name);
                }

                WriteFlags((byte)type, chunk < 0 ? "" : s_chunks[chunk].Flags, field, output);
            }
        }
    }

    private static int IndexOf(byte type) => Array.FindIndex(s_chunks, c => c.Type == type);

    /// <summary>Adds a chunk with its flags; <c>0x0042</c> is how one without a name is written.</summary>
    private static void Add(ReadOnlySpan<byte> text, ref SctpChunks field)
    {
        int colon = text.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? text : text[..colon];
        ReadOnlySpan<byte> flags = colon < 0 ? default : text[(colon + 1)..];
        int chunk = 0;
        while (chunk < s_chunks.Length && !Ascii.EqualsIgnoreCase(name, s_chunks[chunk].Name))
        {
            chunk++;
        }

        ulong type = 0;
        bool isNumber = name.StartsWith("0x"u8) && Numerals.TryRead(name, 0, byte.MaxValue, out type) && flags.IsEmpty;
        if (chunk == s_chunks.Length && !isNumber)
        {
            throw new UsageException($"Unknown sctp chunk `{MessageText.Of(name)}'");
        }

        type = isNumber ? type : s_chunks[chunk].Type;
        field.Types[(int)type / 8] |= (byte)(1 << ((int)type % 8));
        foreach (byte flag in flags)
        {
            int bit = s_chunks[chunk].Flags.Length - 1 - s_chunks[chunk].Flags.IndexOf((char)(flag & ~0x20));
            if (bit == s_chunks[chunk].Flags.Length || !char.IsAsciiLetter((char)flag))
            {
                throw new UsageException($"Invalid flags for chunk type {chunk}");
            }

            ref SctpChunks.FlagSet set = ref FlagsOf((byte)type, ref field);
            set.Mask |= (byte)(1 << bit);
            set.Set |= char.IsAsciiLetterUpper((char)flag) ? (byte)(1 << bit) : (byte)0;
        }
    }

    /// <summary>The slot for the flags of a type. There are as many slots as types with flags.</summary>
    private static ref SctpChunks.FlagSet FlagsOf(byte type, ref SctpChunks field)
    {
        int place = 0;
        while (place < field.FlagCount && field.Flags[place].Type != type)
        {
            place++;
        }

        if (place == field.FlagCount)
        {
            field.FlagCount++;
            field.Flags[place].Type = type;
        }

        return ref ((Span<SctpChunks.FlagSet>)field.Flags)[place];
    }

    private static void WriteFlags(byte type, string letters, in SctpChunks field, Output output)
    {
        for (int place = 0; place < field.FlagCount && place < SctpChunks.FlagCapacity; place++)
        {
            SctpChunks.FlagSet set = field.Flags[place];
            if (set.Type != type)
            {
                continue;
            }

            output.Write((byte)':');
            for (int i = 0; i < letters.Length; i++)
            {
                int bit = 1 << (letters.Length - 1 - i);
                if ((set.Mask & bit) != 0)
                {
                    output.Write((byte)((set.Set & bit) != 0 ? letters[i] : char.ToLowerInvariant(letters[i])));
                }
            }
        }
    }

    private static void WriteHex(int type, Output output)
    {
        output.Write("0x00"u8);
        output.Write("0123456789ABCDEF"u8[type >> 4]);
        output.Write("0123456789ABCDEF"u8[type & 0xF]);
    }
}
