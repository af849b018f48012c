using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Targets;

/// <summary>ebtables' target <c>arpreply</c>.</summary>
internal sealed class EbtArpReply : Target<EbtNatInfo>
{
    private static readonly EbtVerdictSyntax s_verdict = new(EbtVerdictSyntax.Drop);

    /// <inheritdoc/>
    public override string Name => "arpreply";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_ARPREPLY";

    /// <inheritdoc/>
    public override string Summary => "Answers a request of ARP.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["nat"], Hooks: Hooks.PreRouting, Protocols: [EtherType.Arp]);

    public EbtArpReply() => Options =
    [
        Option("arpreply-mac", new MacAddressSyntax(), (ref i) => ref i.Address, "The Ethernet address that the answer tells."),
        Option("arpreply-target", s_verdict, (ref i) => ref i.Verdict, "What happens to the request then; DROP if not given.",
            when: static (in i) => s_verdict.IsOther(i.Verdict)),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref EbtNatInfo info) => info.Verdict = EbtVerdictSyntax.Drop;
}
