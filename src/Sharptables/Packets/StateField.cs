using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>
/// The state of a packet's connection with the bits of <c>xt_conntrack</c> (linux/netfilter/xt_conntrack.h). nf_tables uses other bits,
/// and counts whether addresses are translated as status.
/// </summary>
internal sealed class StateField() : ConnectionField("ct state", CtKey.State, 16, FieldType.State)
{
    internal const int Invalid = 1 << 0;
    internal const int Untracked = 1 << 8;

    private const int Alike = 0xf; // invalid, established, related, new
    private const int UntrackedInNft = 1 << 6;
    private const int StatusFromState = 2; // the mapped source is 1 << 6 here, IPS_SRC_NAT 1 << 4; the destination follows it

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
            parts.Add(condition with { Field = new ConnectionField(Name, CtKey.State, 32, Type), Values = Values.AnyBit((System.UInt128)state) });
        }

        if (status != 0)
        {
            parts.Add(condition with { Field = Ct.Status, Values = Values.AnyBit((System.UInt128)status) });
        }

        return parts;
    }
}
