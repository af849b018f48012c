using System;
using Sharptables.Formats.Nft;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j NOTRACK</c>: an older spelling of <c>-j CT --notrack</c>, which a flag in the kernel's struct records.</summary>
internal sealed class NoTrack : Target<CtInfo>
{
    /// <inheritdoc/>
    public override string Name => "NOTRACK";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_TARGET_CT";

    /// <inheritdoc/>
    public override string KernelName => "CT";

    /// <inheritdoc/>
    public override string Summary => "Exempts the packet from connection tracking; {CT} does more.";

    /// <inheritdoc/>
    public override byte Revision => 2;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["raw"]);

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Timeout);

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } = [new TargetOfItsOwn()];

    /// <inheritdoc/>
    protected override void Begin(ref CtInfo info) => info.Flags = Ct.NoTrackAlias;

    /// <inheritdoc/>
    public override Statement? EffectOf(ReadOnlySpan<byte> payload) => new Statement.NoTrack();

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref CtInfo info)
    {
        return statement is Statement.NoTrack;
    }

    /// <inheritdoc/>
    protected override bool Translate(in CtInfo info, NftText nft) => nft.TryWrite(new Statement.NoTrack());

    /// <summary>The kernel's own target NOTRACK, without a payload, which is older than CT.</summary>
    private sealed class TargetOfItsOwn() : OlderLayout(0, 0, kernelName: "NOTRACK")
    {
        public override string? Narrow(ReadOnlySpan<byte> newest, Span<byte> older) => null; // there are no options to lose

        public override void Widen(ReadOnlySpan<byte> older, Span<byte> newest) => As(newest).Flags = Ct.NoTrackAlias;
    }

    /// <inheritdoc/>
    protected override Fate? Act(in CtInfo info, Packet packet) => Ct.LeaveOut(info, packet);
}
