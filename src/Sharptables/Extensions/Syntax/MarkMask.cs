using System;
using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>A packet mark and its mask, adjacent as in the kernel's structs.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct MarkMask : IValues
{
    /// <summary>The mark.</summary>
    public uint Mark;

    /// <summary>The bits that count.</summary>
    public uint Mask;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Masked(field, Mark, Mask);

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        bool can = values.TryMask(field.Bits, out UInt128 value, out UInt128 mask);
        (Mark, Mask) = ((uint)value, (uint)mask);
        return can;
    }
}
