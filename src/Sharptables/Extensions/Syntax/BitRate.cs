using System;
using System.Buffers.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A rate in bits or bytes a second as tc(8) writes them, <c>8kbit</c> or <c>1mbps</c>, held as bytes a second.</summary>
public static class BitRate
{
    private static readonly (string Unit, double Bytes)[] s_units =
    [
        ("bit", 1 / 8.0), ("kbit", 1e3 / 8), ("mbit", 1e6 / 8), ("gbit", 1e9 / 8), ("tbit", 1e12 / 8),
        ("kibit", 1024 / 8.0), ("mibit", 1048576 / 8.0), ("gibit", 1073741824 / 8.0), ("tibit", 1099511627776 / 8.0),
        ("bps", 1), ("kbps", 1e3), ("mbps", 1e6), ("gbps", 1e9), ("tbps", 1e12),
        ("kibps", 1024), ("mibps", 1048576), ("gibps", 1073741824), ("tibps", 1099511627776),
    ];

    /// <summary>Reads a rate; without a unit it is bits a second. What is more than 32 bits hold is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out uint bytes)
    {
        bytes = 0;
        text = text.TrimStart(" \t\n\v\f\r"u8);
        if (text.IsEmpty || text[0] is (byte)'-' || !Utf8Parser.TryParse(text, out double number, out int used, 'g') || !double.IsFinite(number))
        {
            return false;
        }

        ReadOnlySpan<byte> unit = text[used..];
        double factor = 1 / 8.0;
        bool isKnown = unit.IsEmpty;
        foreach ((string name, double each) in s_units)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(unit, name))
            {
                (factor, isKnown) = (each, true);
            }
        }

        double rate = number * factor;
        if (!isKnown || rate >= uint.MaxValue + 1.0)
        {
            return false;
        }

        bytes = (uint)rate;
        return true;
    }

    /// <summary>Writes a rate in bits a second, as tc(8) does: in thousands and millions, rounded; or exactly.</summary>
    /// <param name="bytes">Bytes a second.</param>
    /// <param name="isExact">Whether no digit may be lost.</param>
    /// <param name="output">Where to.</param>
    public static void Write(uint bytes, bool isExact, Output output)
    {
        ulong bits = bytes * 8ul;
        ulong unit = bits >= 1_000_000_000 ? 1_000_000ul : bits >= 1_000_000 ? 1_000ul : 1ul;
        unit = isExact && bits % unit != 0 ? 1 : unit;
        output.WriteNumber((bits + (unit / 2)) / unit);
        output.Write(unit == 1_000_000 ? "Mbit"u8 : unit == 1_000 ? "Kbit"u8 : "bit"u8);
    }
}
