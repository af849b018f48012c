using System;
using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>The TCP flags to examine, and which of them must be set: FIN is bit 0, URG bit 5 (RFC 9293).</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct TcpFlags : IValues
{
    /// <summary>The flags that have names.</summary>
    internal const byte Named = 0x3f;

    /// <summary>The flag SYN.</summary>
    public const byte Syn = 1 << 1;

    /// <summary>Of SYN, RST, ACK and FIN only SYN is set: the packet that opens a connection.</summary>
    public static readonly TcpFlags Opening = new() { Mask = 0x17, Set = Syn };

    /// <summary>The flags to examine.</summary>
    public byte Mask;

    /// <summary>Those of them that must be set.</summary>
    public byte Set;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Masked(field, Set, Mask);

    /// <summary>Those that have no names cannot be told.</summary>
    bool IValues.TryTake(Field field, Values values)
    {
        bool can = values.TryMask(field.Bits, out UInt128 value, out UInt128 mask);
        (Set, Mask) = ((byte)value, (byte)mask);
        return can && ((value | mask) & ~(UInt128)Named) == 0;
    }
}
