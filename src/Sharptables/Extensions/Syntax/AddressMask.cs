using System;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>An address and its mask, adjacent as in the kernel's structs.</summary>
public struct AddressMask : IValues
{
    /// <summary>The address.</summary>
    public InetAddress Address;

    /// <summary>The bits that count.</summary>
    public InetAddress Mask;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Like(Address.NumberIn(field), Mask.NumberIn(field));

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        if (!values.TryMask(field.Bits, out UInt128 value, out UInt128 mask))
        {
            return false;
        }

        (Address, Mask) = (InetAddress.Of(field, value & mask), InetAddress.Of(field, mask));
        return true;
    }
}
