using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>Up to 15 ports; a range takes two places. Part of <c>struct xt_multiport_v1</c> (linux/netfilter/xt_multiport.h).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct PortList : IValues
{
    /// <summary>The most ports there can be.</summary>
    public const int Capacity = 15;

    /// <summary>How many there are.</summary>
    public byte Count;

    /// <summary>The ports, in the machine's byte order.</summary>
    public PortBuffer Ports;

    /// <summary>1 for each port that begins a range, which the next port ends.</summary>
    public BeginBuffer Begins;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field)
    {
        List<(UInt128, UInt128)> parts = [];
        for (int i = 0; i < Count && i < Capacity; i++)
        {
            ushort first = Ports[i];
            parts.Add((first, Begins[i] != 0 && i + 1 < Capacity ? Ports[++i] : first));
        }

        return Values.Among(parts);
    }

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        if (values.Kind is not (ValuesKind.Interval or ValuesKind.Intervals))
        {
            return false;
        }

        foreach ((UInt128 first, UInt128 last) in values.Kind is ValuesKind.Intervals ? values.Parts : [(values.First, values.Second)])
        {
            bool isRange = first != last;
            if (first > last || Count + (isRange ? 2 : 1) > Capacity)
            {
                return false;
            }

            Begins[Count] = isRange ? (byte)1 : (byte)0;
            Ports[Count++] = (ushort)first;
            if (isRange)
            {
                Ports[Count++] = (ushort)last;
            }
        }

        return true;
    }

    /// <summary>Room for the ports.</summary>
    [InlineArray(Capacity)]
    public struct PortBuffer
    {
        private ushort _first;
    }

    /// <summary>A byte for each port.</summary>
    [InlineArray(Capacity)]
    public struct BeginBuffer
    {
        private byte _first;
    }
}
