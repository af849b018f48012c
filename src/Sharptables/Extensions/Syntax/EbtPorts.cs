using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>The protocols whose ports ebtables compares.</summary>
internal static class EbtPorts
{
    /// <summary>Whether a protocol is one of them.</summary>
    public static bool Has(byte protocol) => protocol is Protocol.Tcp or Protocol.Udp or Protocol.UdpLite or Protocol.Sctp or Protocol.Dccp;
}
