using System;
using System.Buffers.Binary;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary>ebtables' target <c>snat</c>.</summary>
internal sealed class EbtSnat : Target<EbtNatInfo>
{
    private const int LeavesArp = 0x10; // NAT_ARP_BIT, which is cleared to change ARP as well

    /// <inheritdoc/>
    public override string Name => "snat";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_SNAT";

    /// <inheritdoc/>
    public override string Summary => "Changes the Ethernet address that the frame comes from.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["nat"], Hooks: Hooks.PostRouting);

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; }

    public EbtSnat()
    {
        Option address;
        Options =
        [
            address = Option("to-src", new MacAddressSyntax(), (ref i) => ref i.Address, "The new address.", fullName: "to-source"),
            Flag("snat-arp", Switch(static (in i) => (i.Verdict & LeavesArp) == 0, static (ref i) => i.Verdict &= ~LeavesArp),
                "Changes the sender's address within ARP, too."),
            Option("snat-target", new EbtVerdictSyntax(), (ref i) => ref i.Verdict, "What happens to the frame then; ACCEPT if not given."),
        ];
        AtLeastOne = new("You must specify proper arguments", address);
    }

    /// <inheritdoc/>
    protected override void Begin(ref EbtNatInfo info) => info.Verdict = EbtVerdictSyntax.Accept;

    /// <inheritdoc/>
    public override bool EndsRule => true;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref EbtNatInfo info)
    {
        if (statement is Statement.End end)
        {
            return EbtVerdictSyntax.TryTake(end.Verdict, ref info.Verdict);
        }

        bool isFirst = (info.Verdict & EbtVerdictSyntax.Mask) != (EbtVerdictSyntax.Continue & EbtVerdictSyntax.Mask);
        if (!isFirst || statement is not Statement.Change { Field: "ether saddr", From: "", Kept: 0 } change)
        {
            return false;
        }

        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, change.Value);
        value[^MacAddress.Size..].CopyTo(info.Address);
        return EbtVerdictSyntax.TryTake(Model.Verdict.Continue, ref info.Verdict); // a statement of nft goes on
    }

    /// <inheritdoc/>
    protected override bool Translate(in EbtNatInfo info, NftText nft) =>
        (info.Verdict & LeavesArp) != 0 && nft.Write($" ether saddr set {NftText.MacOf(info.Address, "x")}{EbtVerdictSyntax.NftWord(info.Verdict)}");
}
