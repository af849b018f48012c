using System;
using System.Buffers.Text;
using Sharptables.Kernel;

namespace Sharptables.Formats.Iptables;

/// <summary>What the counters of a rule become: numbers, or what they are with something added or subtracted.</summary>
/// <param name="Packets">The packets, and what is done with them: <c>+</c>, <c>-</c>, or nothing to set them.</param>
/// <param name="Bytes">The bytes, likewise.</param>
internal readonly record struct CounterChange((byte Sign, ulong Number) Packets, (byte Sign, ulong Number) Bytes)
{
    /// <summary>Changes counters.</summary>
    public XtCounters Of(XtCounters before) => new() { Packets = Changed(before.Packets, Packets), Bytes = Changed(before.Bytes, Bytes) };

    /// <summary>Reads one of the two.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out (byte Sign, ulong Number) change)
    {
        byte sign = text is [(byte)'+' or (byte)'-', ..] ? text[0] : (byte)0;
        text = sign == 0 ? text : text[1..];
        bool isNumber = Utf8Parser.TryParse(text, out ulong number, out int used) && used == text.Length;
        change = (sign, number);
        return isNumber;
    }

    private static ulong Changed(ulong before, (byte Sign, ulong Number) change) => change.Sign switch
    {
        (byte)'+' => unchecked(before + change.Number),
        (byte)'-' => unchecked(before - change.Number),
        _ => change.Number,
    };
}
