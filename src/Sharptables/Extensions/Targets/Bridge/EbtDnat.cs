using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Targets;

/// <summary>ebtables' target <c>dnat</c>.</summary>
internal sealed class EbtDnat : Target<EbtNatInfo>
{
    /// <inheritdoc/>
    public override string Name => "dnat";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_DNAT";

    /// <inheritdoc/>
    public override string Summary => "Changes the Ethernet address that the frame goes to.";

    /// <summary>Not in table broute: over nf_tables its hook is that of PREROUTING, where the target asks for table nat.</summary>
    public override Usage Usage { get; } = new(Tables: ["nat"], Hooks: Hooks.PreRouting | Hooks.Output);

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; }

    public EbtDnat()
    {
        Option address;
        Options =
        [
            address = Option("to-dst", new MacAddressSyntax(), (ref i) => ref i.Address, "The new address.", fullName: "to-destination"),
            Option("dnat-target", new EbtVerdictSyntax(), (ref i) => ref i.Verdict, "What happens to the frame then; ACCEPT if not given."),
        ];
        AtLeastOne = new("You must specify proper arguments", address);
    }

    /// <inheritdoc/>
    protected override void Begin(ref EbtNatInfo info) => info.Verdict = EbtVerdictSyntax.Accept;

    /// <summary>The kernel also tells whether the frame is then for this machine, by the address of the interface, which nft does not.</summary>
    protected override bool Translate(in EbtNatInfo info, NftText nft) =>
        nft.SaysAsOriginal && nft.Write($" ether daddr set {NftText.MacOf(info.Address, "x")}{EbtVerdictSyntax.NftWord(info.Verdict)}");
}

/// <summary>The kernel's struct for ebtables' targets <c>dnat</c> and <c>snat</c>; <c>struct ebt_arpreply_info</c> is the same.</summary>
[KernelStruct("struct ebt_nat_info", "linux/netfilter_bridge/ebt_nat.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtNatInfo
{
    /// <summary>The new address, or that which a reply tells.</summary>
    [KernelField("mac")]
    public MacAddress Address;

    /// <summary>What happens to the frame then: see <see cref="EbtVerdictSyntax"/>.</summary>
    [KernelField("target")]
    public int Verdict;
}
