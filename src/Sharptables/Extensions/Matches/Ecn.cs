using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ecn</c>.</summary>
internal sealed class Ecn : Match<EcnInfo>
{
    private const byte Ip = 1 << 0; // XT_ECN_OP_MATCH_IP
    private const byte Ece = 1 << 4; // XT_ECN_OP_MATCH_ECE
    private const byte Cwr = 1 << 5; // XT_ECN_OP_MATCH_CWR

    /// <inheritdoc/>
    public override string Name => "ecn";

    /// <inheritdoc/>
    public override string HelpHeading => "ECN match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the congestion notification in their IP and TCP headers.";

    /// <inheritdoc/>
    public override string ListedAs => " ECN match";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("ECN match: some option required");

    public Ecn() => Options =
    [
        Flag("ecn-tcp-ece", Asked(Ece), "The ECE flag of the TCP header is set.",
            of: Field.Tcp.Flags, has: Values.AnyBit(0x40), invert: Inverted(Ece), label: " ECE", invertedLabel: " !ECE"),
        Flag("ecn-tcp-cwr", Asked(Cwr), "The CWR flag of the TCP header is set.",
            of: Field.Tcp.Flags, has: Values.AnyBit(0x80), invert: Inverted(Cwr), label: " CWR", invertedLabel: " !CWR", helpRank: -1),
        Option("ecn-ip-ect", new Number<byte>(0, 3, placeholder: "[0..3]"), (ref i) => ref i.Codepoint,
            "The ECN bits of the IP header: 0 not capable, 1 and 2 capable, 3 congestion met.",
            of: Field.Ip.Congestion, present: Asked(Ip), invert: Inverted(Ip), label: " ECT=", invertedLabel: " !ECT="),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in EcnInfo info, in Format format) =>
        (info.Asked & (Ece | Cwr)) != 0 && format.Protocol != Protocol.Tcp ? "--ecn-tcp-ece and --ecn-tcp-cwr need -p tcp" : null;

    private static Switch<EcnInfo> Asked(byte bit) => Bit((ref i) => ref i.Asked, bit);

    private static Switch<EcnInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inverted, bit);

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>Only where bits of the TCP header are asked for must there be one.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        if ((As(payload).Asked & (Ece | Cwr)) != 0)
        {
            return base.Ask(payload, packet, out by);
        }

        by = Options[^1];
        return by.IsAsked(payload) ? by.ConditionIn(payload, packet.Family).Ask(packet) : Answer.Yes;
    }
}

/// <summary>The kernel's struct for <c>-m ecn</c>.</summary>
[KernelStruct("struct xt_ecn_info", "linux/netfilter/xt_ecn.h")]
[StructLayout(LayoutKind.Sequential, Size = 4)]
public struct EcnInfo
{
    /// <summary>What is compared: <c>XT_ECN_OP_MATCH_*</c>.</summary>
    [KernelField("operation")]
    public byte Asked;

    /// <summary>What of it is inverted.</summary>
    [KernelField("invert")]
    public byte Inverted;

    /// <summary>The two bits of the IP header.</summary>
    [KernelField("ip_ect")]
    public byte Codepoint;
}
