using System;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>Two lists of TCP flags: those to examine, and those that must be set: <c>SYN,ACK SYN</c>.</summary>
internal sealed class TcpFlagsSyntax : Syntax<TcpFlags>
{
    private const byte All = 0x3F;

    private static readonly string[] s_names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];

    /// <inheritdoc/>
    public override string Placeholder => "mask comp";

    /// <inheritdoc/>
    public override int Words => 2;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref TcpFlags field)
    {
        field.Mask = Read(argument.Text);
        field.Set = Read(argument.Second);
    }

    /// <inheritdoc/>
    public override void Write(in TcpFlags field, Output output, in Format format)
    {
        if (format.IsListing && format.IsNumeric)
        {
            WriteHex(field.Mask, output);
            output.Write((byte)'/');
            WriteHex(field.Set, output);
        }
        else
        {
            WriteNames(field.Mask, output);
            output.Write((byte)(format.IsListing ? '/' : ' '));
            WriteNames(field.Set, output);
        }
    }

    private static byte Read(ReadOnlySpan<byte> text)
    {
        byte flags = 0;
        foreach (Range range in text.Split((byte)','))
        {
            ReadOnlySpan<byte> name = text[range];
            if (!name.IsEmpty)
            {
                flags |= ReadName(name);
            }
        }

        return flags;
    }

    private static byte ReadName(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < s_names.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(name, s_names[i]))
            {
                return (byte)(1 << i);
            }
        }

        return Ascii.EqualsIgnoreCase(name, "ALL") ? All
            : Ascii.EqualsIgnoreCase(name, "NONE") ? (byte)0
            : throw new UsageException($"Unknown TCP flag `{MessageText.Of(name)}'");
    }

    private static void WriteNames(byte flags, Output output)
    {
        string separator = "";
        for (int i = 0; i < s_names.Length; i++)
        {
            if ((flags & (1 << i)) != 0)
            {
                output.Write(separator);
                output.Write(s_names[i]);
                separator = ",";
            }
        }

        if ((flags & All) == 0)
        {
            output.Write("NONE"u8);
        }
    }

    private static void WriteHex(byte flags, Output output)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        output.Write("0x"u8);
        output.Write(digits[flags >> 4]);
        output.Write(digits[flags & 0xF]);
    }
}
