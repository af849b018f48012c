using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Targets;

/// <summary>ebtables' target <c>redirect</c>.</summary>
internal sealed class EbtRedirect : Target<EbtRedirectInfo>
{
    private static readonly EbtVerdictSyntax s_verdict = new();

    /// <inheritdoc/>
    public override string Name => "redirect";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_REDIRECT";

    /// <inheritdoc/>
    public override string Summary => "Takes the frame to this machine, by the address of the bridge that it arrived on.";

    /// <summary>Not in table broute: over nf_tables its hook is that of PREROUTING, where the target asks for table nat.</summary>
    public override Usage Usage { get; } = new(Tables: ["nat"], Hooks: Hooks.PreRouting);

    public EbtRedirect() => Options =
    [
        Option("redirect-target", s_verdict, (ref i) => ref i.Verdict, "What happens to the frame then; ACCEPT if not given.",
            when: static (in i) => s_verdict.IsOther(i.Verdict)),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref EbtRedirectInfo info) => info.Verdict = EbtVerdictSyntax.Accept;

    /// <summary>nft can take the frame for one to this machine, but not give it its address.</summary>
    protected override bool Translate(in EbtRedirectInfo info, NftText nft) =>
        nft.SaysAsOriginal && nft.Write($" meta pkttype set host{(info.Verdict == EbtVerdictSyntax.Continue ? "" : EbtVerdictSyntax.NftWord(info.Verdict))}");
}

/// <summary>The kernel's struct for ebtables' target <c>redirect</c>.</summary>
[KernelStruct("struct ebt_redirect_info", "linux/netfilter_bridge/ebt_redirect.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtRedirectInfo
{
    /// <summary>What happens to the frame then: see <see cref="EbtVerdictSyntax"/>.</summary>
    [KernelField("target")]
    public int Verdict;
}
