using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of an IPv4 rule.</summary>
internal sealed class Ip : IpHead<IptIp, uint>
{
    private const int Offset = 0x1fff; // IP_OFFSET, net/ip.h: a first fragment has none

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
            Has = Values.AnyBit(Offset),
            Letter = 'f',
            Rank = 10,
            Present = Bit((ref i) => ref i.Flags, IptIp.FragmentFlag),
            Invert = Inverted(Inversions.Fragment),
        },
    ];
}
