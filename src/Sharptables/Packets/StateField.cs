using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>
/// The state of a packet's connection with the bits of <c>xt_conntrack</c> (linux/netfilter/xt_conntrack.h). nf_tables uses other bits,
/// and counts whether addresses are translated as status.
/// </summary>
internal sealed class StateField() : ConnectionField("ct state", CtKey.State, 16, FieldType.State)
{
    internal const int Invalid = 1 << 0;
    internal const int Established = 1 << 1;
    internal const int Related = 1 << 2;
    internal const int Untracked = 1 << 8;
    internal const int MappedSource = 1 << 6;
    internal const int MappedDestination = 1 << 7;
    internal const int SourceStatus = 1 << 4; // IPS_SRC_NAT
    internal const int DestinationStatus = 1 << 5; // IPS_DST_NAT

    private const int Alike = 0xf; // invalid, established, related, new
    private const int UntrackedInNft = 1 << 6;
    private const int Mapped = SourceStatus | DestinationStatus;
    private const int StatusFromState = 2; // the mapped source is 1 << 6 here, IPS_SRC_NAT 1 << 4; the destination follows it

    /// <summary>A packet has one state; if it has a connection, its source or destination may be mapped.</summary>
    internal static Possible Possible => new(ushort.MaxValue,
    [
        (1, 2), (4, 4), (8, 8), (0x42, 0x42), (0x44, 0x44), (0x48, 0x48), (0x82, 0x82), (0x84, 0x84), (0x88, 0x88),
        (0xc2, 0xc2), (0xc4, 0xc4), (0xc8, 0xc8), (Untracked, Untracked),
    ]);

    private ConnectionField InNft => new(Name, CtKey.State, 32, Type);

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [InNft, Ct.Status];

    /// <inheritdoc/>
    public override Condition? Join(IReadOnlyList<Condition> parts)
    {
        // To have none of some bits is said with a mask.
        UInt128 states = 0;
        bool isInverted = false;
        foreach (Condition part in parts)
        {
            bool isNone = part.Values.Kind is ValuesKind.Masked;
            UInt128 bits = isNone ? part.Values.Second : part.Values.First;
            int known = part.Field == Ct.Status ? Mapped : Alike | UntrackedInNft;
            isNone ^= part.IsInverted;
            if (part.Values.Kind is not (ValuesKind.AnyBit or ValuesKind.Masked) || (part.Values.Kind is ValuesKind.Masked && part.Values.First != 0)
                || (bits & ~(UInt128)known) != 0 || (states != 0 && isNone != isInverted))
            {
                return null;
            }

            isInverted = isNone;
            states |= part.Field == Ct.Status ? bits << StatusFromState : (bits & Alike) | ((bits & UntrackedInNft) == 0 ? 0 : (UInt128)Untracked);
        }

        return states == 0 ? null : new(this, Values.AnyBit(states), isInverted);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition)
    {
        int bits = (int)condition.Values.First;
        int state = (bits & Alike) | ((bits & Untracked) == 0 ? 0 : UntrackedInNft);
        int status = (bits & ~Alike & ~Untracked) >> StatusFromState;
        if (state != 0 && status != 0 && !condition.IsInverted)
        {
            return null;
        }

        List<Condition> parts = [];
        if (state != 0)
        {
            parts.Add(condition with { Field = InNft, Values = Values.AnyBit((System.UInt128)state) });
        }

        if (status != 0)
        {
            parts.Add(condition with { Field = Ct.Status, Values = Values.AnyBit((System.UInt128)status) });
        }

        return parts;
    }
}
