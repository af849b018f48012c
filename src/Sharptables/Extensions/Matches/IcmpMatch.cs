using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>A match on ICMP messages by type and code: <c>-m icmp</c> and <c>-m icmp6</c>, which differ only in their names.</summary>
internal abstract class IcmpMatch : Match<IcmpMatchInfo>
{
    /// <param name="name">The name.</param>
    /// <param name="option">The name of the option.</param>
    /// <param name="label">The name in listings, with a leading blank.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="types">The named types.</param>
    private protected IcmpMatch(string name, string option, string label, byte protocol, IcmpTypeSyntax types)
    {
        Name = name;
        Usage = new(Protocols: [protocol]);
        Options =
        [
            Option(option, types, (ref i) => ref i.Type, "The type, by name or number, optionally with a code.",
                of: Field.Icmp.Message, required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: label, listing: types.List),
        ];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_IPTABLES";

    /// <inheritdoc/>
    public override Usage Usage { get; }
}

/// <summary>
/// The kernel's struct for <c>-m icmp</c>; <c>struct ip6t_icmp</c> (linux/netfilter_ipv6/ip6_tables.h) is the same.
/// </summary>
[KernelStruct("struct ipt_icmp", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Sequential)]
public struct IcmpMatchInfo
{
    /// <summary>Type and codes; type 255 of ICMP is any.</summary>
    public IcmpType Type;

    /// <summary>1: all others.</summary>
    public byte Inversion;
}
