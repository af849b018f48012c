using Sharptables.Kernel;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of an IPv6 rule.</summary>
internal sealed class Ip6 : IpHead<Ip6tIp6, Ipv6Address>
{
    private const byte HasProtocol = 1; // IP6T_F_PROTO

    /// <inheritdoc/>
    public override string Name => "ip6";

    /// <inheritdoc/>
    public override string KernelOption => "IP6_NF_IPTABLES";

    /// <summary>The kernel skips the extension headers, so it never sees them as protocols.</summary>
    public Ip6() => Native = Options =
        CommonOptions(
            whenProtocol: static (ref i) => i.Flags |= HasProtocol, // also for "all"
            neverMatched: [Kernel.Protocol.Routing, Kernel.Protocol.Fragment, Kernel.Protocol.Ah, Kernel.Protocol.DestinationOptions]);

    /// <inheritdoc/>
    public override string? Refusal(byte letter) => letter == 'f' ? "`-f' is not supported in IPv6, use -m frag instead" : null;
}
