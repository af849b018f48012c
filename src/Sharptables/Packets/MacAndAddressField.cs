using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>
/// The Ethernet address of a frame and behind it, at the next multiple of four bytes, its IPv4 address: how nf_tables joins two fields. Where no value
/// has an IPv4 address, only the other is asked; else the frame must be one of IPv4.
/// </summary>
/// <param name="mac">The Ethernet address.</param>
/// <param name="address">The IPv4 address.</param>
internal sealed class MacAndAddressField(PayloadField mac, PayloadField address) : Field($"{mac.Name} . ip {address.Name}", BothBits)
{
    private const int BothBits = 96, AddressBits = 32, BitsBehindMac = 48;
    private const uint IPv4 = 0x0800; // ETH_P_IP

    private readonly JoinedField _both = new(mac, address, BothBits);

    /// <inheritdoc/>
    public override bool IsSplit => true;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => true;

    /// <inheritdoc/>
    public override Header? Header => mac.Header;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [Meta.Protocol, _both, mac];

    private static Condition IsIPv4 => new(Meta.Protocol, Values.Only(IPv4), IsInverted: false);

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition)
    {
        List<(UInt128, UInt128)> macs = [];
        foreach ((UInt128 first, UInt128 last) in condition.Values.Parts)
        {
            if ((last - first) != uint.MaxValue)
            {
                return [IsIPv4, condition with { Field = _both }];
            }

            macs.Add((first >> BitsBehindMac, first >> BitsBehindMac));
        }

        return [condition with { Field = mac, Values = Values.Among(macs) }];
    }

    /// <inheritdoc/>
    public override Condition? Join(IReadOnlyList<Condition> parts)
    {
        foreach (Condition part in parts)
        {
            if (part.Field == _both)
            {
                return part with { Field = this };
            }

            if (part.Field == mac)
            {
                List<(UInt128, UInt128)> both = [];
                foreach ((UInt128 first, UInt128 last) in part.Values.Parts)
                {
                    both.Add((first << BitsBehindMac, (last << BitsBehindMac) | (UInt128.MaxValue >> (128 - AddressBits))));
                }

                return new(this, Values.Among(both), part.IsInverted);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) => packet.Recall(new(this, values, IsInverted: false));
}
