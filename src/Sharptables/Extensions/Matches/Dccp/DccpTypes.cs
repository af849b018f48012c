using System.Collections.Generic;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>Types of DCCP packets, a bit for each by RFC 4340's numbers.</summary>
public record struct DccpTypes : IValues
{
    private const int Count = 16;

    /// <summary>The bits.</summary>
    public ushort Bits;

    /// <summary>Whether a type is one of them.</summary>
    internal readonly bool Has(int type) => (Bits & (1 << type)) != 0;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field)
    {
        List<(System.UInt128, System.UInt128)> types = [];
        for (byte type = 0; type < Count; type++)
        {
            if (Has(type))
            {
                types.Add((type, type));
            }
        }

        return types is [var (only, _)] ? Values.Only(only) : Values.Among(types);
    }

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        Bits = 0;
        foreach ((System.UInt128 first, System.UInt128 last) in values.Intervals)
        {
            for (int type = (int)first; type <= (int)last && type < Count; type++)
            {
                Bits |= (ushort)(1 << type);
            }
        }

        return Bits != 0;
    }
}
