using System;
using System.Buffers.Text;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// A rate in tc(8)'s units: bits per second (<c>8000</c>, <c>10Kbit</c>, <c>1mibit</c>) or bytes per second (<c>1kbps</c>); stored in
/// bytes per second.
/// </summary>
internal sealed class BitRate : Syntax<uint>
{
    private static readonly (string Prefix, double Factor)[] s_prefixes =
    [
        ("", 1), ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12),
        ("ki", 1L << 10), ("mi", 1L << 20), ("gi", 1L << 30), ("ti", 1L << 40),
    ];

    /// <inheritdoc/>
    public override string Placeholder => "rate";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field)
    {
        ReadOnlySpan<byte> text = argument.Text.TrimStart(" \t\n\v\f\r"u8);
        if (!Utf8Parser.TryParse(text, out double number, out int length) || !TryReadUnit(text[length..], out double bits) ||
            !(number * bits >= 0) || !(number * bits / 8 < uint.MaxValue + 1.0))
        {
            throw argument.Refuse($"could not parse rate `{argument.Word}'");
        }

        field = (uint)(number * bits / 8);
    }

    /// <summary>In bytes in a numeric listing; otherwise in the largest unit of bits that expresses it exactly.</summary>
    public override void Write(in uint field, Output output, in Format format)
    {
        if (format is { IsListing: true, IsNumeric: true })
        {
            output.WriteNumber((ulong)field);
            return;
        }

        ulong bits = field * 8ul;
        (ulong unit, string suffix) = bits >= 1_000_000_000 && bits % 1_000_000 == 0 ? (1_000_000ul, "Mbit")
            : bits >= 1_000_000 && bits % 1000 == 0 ? (1000ul, "Kbit")
            : (1ul, "bit");
        output.WriteNumber(bits / unit);
        output.Write(suffix);
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out double bits)
    {
        bits = 1;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length < 3 || !(Ascii.EqualsIgnoreCase(text[^3..], "bit") || Ascii.EqualsIgnoreCase(text[^3..], "bps")))
        {
            return false;
        }

        foreach ((string prefix, double factor) in s_prefixes)
        {
            if (Ascii.EqualsIgnoreCase(text[..^3], prefix))
            {
                bits = factor * ((text[^1] | 0x20) == 's' ? 8 : 1);
                return true;
            }
        }

        return false;
    }
}
