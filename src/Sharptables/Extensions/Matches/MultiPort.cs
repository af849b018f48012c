using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m multiport</c>.</summary>
internal sealed class MultiPort : Match<MultiPortInfo>
{
    private static readonly ushort[] s_protocols = [Protocol.Tcp, Protocol.Udp, Protocol.UdpLite, Protocol.Sctp, Protocol.Dccp];
    private static readonly PortListSyntax s_ports = new(
        s_protocols,
        "multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'",
        "multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP");

    private static readonly Switch<MultiPortInfo> s_inverted = Bit((ref i) => ref i.Inversion, 1);

    /// <inheritdoc/>
    public override string Name => "multiport";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by a list of up to 15 ports, where a range counts as two.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("multiport expection an option"); // sic

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } = [Older<OldInfo>(0, CannotSay)];

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: s_protocols);

    public MultiPort() => Options = OneOf(
        Option("sports", s_ports, (ref i) => ref i.Ports, "The source ports.",
            of: Field.Port.Source, present: Is((ref i) => ref i.Direction, 0), invert: s_inverted, fullName: "source-ports",
            label: " multiport sports ", invertedLabel: " multiport sports  !"),
        Option("dports", s_ports, (ref i) => ref i.Ports, "The destination ports.",
            of: Field.Port.Destination, present: Is((ref i) => ref i.Direction, 1), invert: s_inverted, fullName: "destination-ports",
            label: " multiport dports ", invertedLabel: " multiport dports  !"),
        Option("ports", s_ports, (ref i) => ref i.Ports, "The ports, one of which must be source or destination.",
            of: Field.Port.Either, present: Is((ref i) => ref i.Direction, 2), invert: s_inverted,
            label: " multiport ports ", invertedLabel: " multiport ports  !"));

    private static string? CannotSay(MultiPortInfo info) => info.Inversion != 0 ? "this kernel's multiport cannot be inverted"
        : ((ReadOnlySpan<byte>)info.Ports.Begins).Contains((byte)1) ? "this kernel's multiport has no ranges"
        : null;

    /// <summary>The kernel's struct without ranges.</summary>
    [KernelStruct("struct xt_multiport", "linux/netfilter/xt_multiport.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct OldInfo
    {
        /// <summary>0 source ports, 1 destination ports, 2 either.</summary>
        public byte Direction;

        /// <summary>How many there are.</summary>
        public byte Count;

        /// <summary>The ports.</summary>
        public PortList.PortBuffer Ports;
    }
}

/// <summary>The kernel's struct for <c>-m multiport</c>.</summary>
[KernelStruct("struct xt_multiport_v1", "linux/netfilter/xt_multiport.h")]
[StructLayout(LayoutKind.Sequential)]
public struct MultiPortInfo
{
    /// <summary>0 source ports, 1 destination ports, 2 either.</summary>
    public byte Direction;

    /// <summary>The ports.</summary>
    [KernelField("count")]
    public PortList Ports;

    /// <summary>1: any other port.</summary>
    public byte Inversion;
}
