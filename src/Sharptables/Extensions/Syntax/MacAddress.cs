using System;
using System.Runtime.CompilerServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>An Ethernet address: six bytes in the order of transmission.</summary>
[InlineArray(Size)]
public struct MacAddress : IValues
{
    /// <summary>Bytes in an address.</summary>
    public const int Size = 6;

    private byte _first;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field)
    {
        UInt128 number = 0;
        foreach (byte part in (ReadOnlySpan<byte>)this)
        {
            number = (number << 8) | part;
        }

        return Values.Only(number);
    }

    /// <inheritdoc/>
    readonly bool IValues.TryTake(Field field, Values values) => false;
}
