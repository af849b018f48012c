using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m tcp</c>.</summary>
internal sealed class Tcp : Match<TcpInfo>
{
    private const string OneFlagsOption = "Only one of `--syn' or `--tcp-flags'  allowed"; // the two blanks are iptables'

    private const byte OtherFlags = 4; // in TcpInfo.Inversions

    /// <inheritdoc/>
    public override string Name => "tcp";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XTABLES";

    /// <inheritdoc/>
    public override string Summary => "Matches TCP packets by ports, flags and options.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Tcp]);

    public Tcp()
    {
        PortRange ports = new(Protocol.Tcp, isStrict: true);
        Option sport, dport, flags;
        Options =
        [
            sport = Option("sport", ports, (ref i) => ref i.Sources, "The source port, or a range of ports.", absent: Interval<ushort>.All,
                of: Field.Tcp.SourcePort, invert: Inverted(1), label: " spt", listing: ports.List, fullName: "source-port",
                complaint: "Only one `--source-port' allowed"),
            dport = Option("dport", ports, (ref i) => ref i.Destinations, "The destination port, or a range of ports.",
                absent: Interval<ushort>.All,
                of: Field.Tcp.DestinationPort, invert: Inverted(2), label: " dpt", listing: ports.List, fullName: "destination-port",
                complaint: "Only one `--destination-port' allowed"),
            Option("tcp-option", new Number<byte>(1, byte.MaxValue, placeholder: "number", complaint: "Bad TCP option \"{0}\""),
                (ref i) => ref i.Option, "An option in the TCP header, by number.", absent: 0,
                of: Field.Tcp.Option, invert: Inverted(8), label: " option=", invertedLabel: " option=!",
                complaint: "Only one `--tcp-option' allowed"),
            .. OneOf(
                flags = Option("tcp-flags", new TcpFlagsSyntax(), (ref i) => ref i.Flags,
                    "Of the flags in the first list, exactly those in the second are set: SYN ACK FIN RST URG PSH ALL NONE.",
                    of: Field.Tcp.Flags, absent: default(TcpFlags), invert: Inverted(OtherFlags), label: " flags:",
                    invertedLabel: " flags:!",
                    complaint: OneFlagsOption, helpRank: -1),
                Flag("syn", Switch(static (in i) => i.Flags == TcpFlags.Opening, static (ref i) => i.Flags = TcpFlags.Opening),
                    "The packet that opens a connection: the same as --tcp-flags SYN,RST,ACK,FIN SYN.",
                    invert: Inverted(OtherFlags), shorthand: true, complaint: OneFlagsOption, helpRank: -1)),
        ];
        Native = [flags, sport, dport];
    }

    /// <summary>Whether it matches only packets with SYN, as the kernel's TCPMSS requires.</summary>
    internal static bool AsksForSyn(in TcpInfo info) => (info.Flags.Set & TcpFlags.Syn) != 0 && (info.Inversions & OtherFlags) == 0;

    private static Switch<TcpInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inversions, bit);
}

/// <summary>The kernel's struct for <c>-m tcp</c>.</summary>
[KernelStruct("struct xt_tcp", "linux/netfilter/xt_tcpudp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TcpInfo
{
    /// <summary>The ports it comes from.</summary>
    public Interval<ushort> Sources;

    /// <summary>The ports it goes to.</summary>
    public Interval<ushort> Destinations;

    /// <summary>The number of a TCP option; 0 for none.</summary>
    public byte Option;

    /// <summary>The flags.</summary>
    public TcpFlags Flags;

    /// <summary>What is inverted: 1 the sources, 2 the destinations, 4 the flags, 8 the option.</summary>
    public byte Inversions;
}
