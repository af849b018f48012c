using Sharptables.Kernel;

namespace Sharptables.Backends;

/// <summary>One of the changes that a table consists of, which the kernel refuses.</summary>
/// <param name="What">What it is, in iptables' words: <c>RULE_APPEND</c>, <c>CHAIN_DEL</c>.</param>
/// <param name="Errno">The kernel's error number.</param>
/// <param name="Subject">What it is about, in iptables' words: <c>rule in chain INPUT</c>.</param>
/// <param name="Line">The line of input that it comes from; 0 if none is known.</param>
/// <param name="Reason">The reason in the kernel's words, or null.</param>
internal sealed record RefusedChange(string What, int Errno, string Subject, int Line, string? Reason)
{
    /// <summary>As iptables reports it.</summary>
    public override string ToString() => $"{What} failed ({KernelException.ErrorText(Errno)}): {Subject}";
}
