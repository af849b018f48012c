using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>A part of a change that nf_tables refuses, and so the whole change.</summary>
/// <param name="What">What was to be done, in iptables' words: <c>RULE_APPEND</c>, <c>CHAIN_DEL</c>.</param>
/// <param name="Errno">The kernel's error number.</param>
/// <param name="Object">What it was to be done to, in iptables' words: <c>rule in chain INPUT</c>.</param>
/// <param name="Line">The line of input that it comes from; 0 without one.</param>
/// <param name="Reason">The reason in the kernel's own words, which it gives for some, or null.</param>
internal sealed record NftRefusal(string What, int Errno, string Object, int Line = 0, string? Reason = null)
{
    /// <summary>As iptables reports it.</summary>
    public override string ToString() => $"{What} failed ({KernelException.ErrorText(Errno)}): {Object}";
}
