using System;
using System.Buffers.Text;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// A number of packets per second, minute, hour or day (<c>5/min</c>), which the kernel holds as the interval between two packets, in
/// fractions of a second (linux/netfilter/xt_limit.h, xt_hashlimit.h).
/// </summary>
/// <param name="scale">The number of fractions in a second.</param>
internal sealed class PacketRate(uint scale)
{
    private static readonly (string Name, string Short, uint Seconds)[] s_units =
        [("day", "day", 86400), ("hour", "hour", 3600), ("minute", "min", 60), ("second", "sec", 1)];

    /// <summary>Reads a rate.</summary>
    /// <param name="text">The text. What is between the digits and the slash is ignored, as in the original.</param>
    /// <param name="period">The interval between two packets; 0 when the rate is too high to be represented.</param>
    /// <param name="seconds">The seconds in the unit that was given.</param>
    /// <returns>Whether it is a rate.</returns>
    public bool TryParse(ReadOnlySpan<byte> text, out ulong period, out uint seconds)
    {
        period = 0;
        seconds = 1;
        int slash = text.IndexOf((byte)'/');
        if (slash >= 0 && !TryParseUnit(text[(slash + 1)..], out seconds))
        {
            return false;
        }

        text = text.TrimStart(" \t\n\v\f\r"u8);
        bool isNegative = text is [(byte)'-', ..];
        text = isNegative || text is [(byte)'+', ..] ? text[1..] : text;
        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        text = digits < 0 ? text : text[..digits];
        if (!Utf8Parser.TryParse(text, out ulong packets, out int _))
        {
            packets = text.IsEmpty ? 0 : ulong.MaxValue; // more digits than 64 bits hold: too fast
        }

        period = packets == 0 || isNegative ? 0 : (ulong)scale * seconds / packets;
        return packets != 0;
    }

    /// <summary>The seconds in the unit in which a period is written: the shortest without much loss.</summary>
    public uint UnitOf(ulong period) => s_units[Choose(period)].Seconds;

    /// <summary>How many packets come in how many seconds, the unit in which a period is written.</summary>
    public (ulong Packets, uint Seconds) Of(ulong period)
    {
        uint seconds = UnitOf(period);
        return (period == 0 ? 0 : (ulong)scale * seconds / period, seconds);
    }

    public void Write(ulong period, Output output)
    {
        output.WriteNumber(Of(period).Packets);
        output.Write((byte)'/');
        output.Write(s_units[Choose(period)].Short);
    }

    private static bool TryParseUnit(ReadOnlySpan<byte> text, out uint seconds)
    {
        foreach ((string name, _, uint unit) in s_units)
        {
            if (!text.IsEmpty && text.Length <= name.Length && Ascii.EqualsIgnoreCase(text, name.AsSpan(0, text.Length)))
            {
                seconds = unit;
                return true;
            }
        }

        seconds = 0;
        return false;
    }

    private int Choose(ulong period)
    {
        int chosen = 0;
        for (int i = 1; i < s_units.Length; i++)
        {
            ulong unit = (ulong)scale * s_units[i].Seconds;
            if (period == 0 || period > unit || unit / period < unit % period)
            {
                break;
            }

            chosen = i;
        }

        return chosen;
    }
}
