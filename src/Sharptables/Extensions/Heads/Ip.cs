using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of an IPv4 rule.</summary>
internal sealed class Ip : IpHead<IptIp, uint>
{
    /// <inheritdoc/>
    public override string Name => "ip";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_IPTABLES";

    public Ip() => Native = Options =
    [
        .. CommonOptions(),
        new Option<IptIp>("fragments", "Only second and later fragments.")
        {
            Of = Field.Ip.Fragment,
            Has = Values.AnyBit(Packet.FragmentOffsetMask),
            Letter = 'f',
            Rank = 10,
            Present = Bit((ref i) => ref i.Flags, IptIp.FragmentFlag),
            Invert = Inverted(Inversions.Fragment),
        },
    ];
}
