using System;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m rpfilter</c>.</summary>
internal sealed class RpFilter : Match<RpFilterInfo>
{
    /// <inheritdoc/>
    public override string Name => "rpfilter";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_RPFILTER";

    /// <inheritdoc/>
    public override string Summary => "Matches packets that came in by the interface that a reply would go out by.";

    /// <inheritdoc/>
    public override string DependsOn => "the routes of this machine";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["raw", "mangle"], Hooks: Hooks.PreRouting);

    public RpFilter() => Options =
    [
        Flag("loose", Bit((ref i) => ref i.Flags, 1 << 0), "Accept any interface for the reply, as long as there is a route."),
        Flag("validmark", Bit((ref i) => ref i.Flags, 1 << 1), "Include the packet's mark in the route look-up."),
        Flag("accept-local", Bit((ref i) => ref i.Flags, 1 << 2), "Accept packets from an address of this machine."),
        Flag("invert", Bit((ref i) => ref i.Flags, 1 << 3), "Match the packets that fail the test."),
    ];

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref RpFilterInfo info)
    {
        byte? flags = (statement as Statement.Asked)?.Words switch
        {
            "fib saddr . iif oif" => 0,
            "fib saddr oif" => 1,
            "fib saddr . mark . iif oif" => 2,
            "fib saddr . mark oif" => 3,
            _ => null,
        };
        if (flags is null || statement is not Statement.Asked asked || asked.Values != Values.Only(0))
        {
            return false;
        }

        info.Flags = (byte)(flags.Value | (asked.IsInverted ? 0 : 1 << 3));
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in RpFilterInfo info, NftText nft)
    {
        bool isLoose = (info.Flags & 1) != 0, hasMark = (info.Flags & 2) != 0, acceptsLocal = (info.Flags & 4) != 0, isInverted = (info.Flags & 8) != 0;
        return (!acceptsLocal || isInverted) // else a rule of its own
            && nft.Write($"{(acceptsLocal ? " fib saddr type != local" : "")} fib saddr{(hasMark ? " . mark" : "")}{(isLoose ? "" : " . iif")} oif {(isInverted ? "0" : "!= 0")}");
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>What comes from oneself passes.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        return packet.Find(Field.Meta.InInterface) != Packet.Loopback ? Answer.Unknown : (As(payload).Flags & (1 << 3)) == 0 ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m rpfilter</c>.</summary>
[KernelStruct("struct xt_rpfilter_info", "linux/netfilter/xt_rpfilter.h")]
public struct RpFilterInfo
{
    /// <summary><c>XT_RPFILTER_*</c>.</summary>
    public byte Flags;
}
