using System;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>The first and last of a range of addresses, adjacent as in the kernel's structs.</summary>
public struct AddressSpan : IValues
{
    /// <summary>The first address.</summary>
    public InetAddress First;

    /// <summary>The last address.</summary>
    public InetAddress Last;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Between(First.NumberIn(field), Last.NumberIn(field));

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        if (!values.TryBound(field.Bits, out UInt128 first, out UInt128 last))
        {
            return false;
        }

        (First, Last) = (InetAddress.Of(field, first), InetAddress.Of(field, last));
        return true;
    }
}
