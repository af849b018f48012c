using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j ECN</c>.</summary>
internal sealed class EcnTarget : Target<EcnTargetInfo>
{
    private const byte SetIp = 0x01; // IPT_ECN_OP_SET_IP
    private const byte SetEce = 0x10; // IPT_ECN_OP_SET_ECE
    private const byte SetCwr = 0x20; // IPT_ECN_OP_SET_CWR
    private const byte Ece = 1 << 0;
    private const byte Cwr = 1 << 1;
    private const byte EceFlag = 0x40; // in the TCP header
    private const byte CwrFlag = 0x80;

    private static readonly Switch<EcnTargetInfo> s_removal = Switch(
        static (in i) => i.Operation == (SetEce | SetCwr) && (i.TcpBits & (Ece | Cwr)) == 0,
        static (ref i) => (i.Operation, i.TcpBits) = ((byte)(i.Operation | SetEce | SetCwr), 0));

    private static readonly Number<byte> s_codePoint = new(0, 3, placeholder: "0..3");

    /// <inheritdoc/>
    public override string Name => "ECN";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_ECN";

    /// <inheritdoc/>
    public override string Summary => "Changes the bits for explicit congestion notification (RFC 3168).";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("ECN target: An operation is required");

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle"]);

    public EcnTarget()
    {
        Option ece = Option("ecn-tcp-ece", new TcpBit(Ece), (ref i) => ref i.TcpBits,
            "Sets or clears ECE: the receiver has seen congestion.",
            present: Bit((ref i) => ref i.Operation, SetEce), when: static (in i) => !s_removal.IsSet(i), label: " ECE=");
        Option cwr = Option("ecn-tcp-cwr", new TcpBit(Cwr), (ref i) => ref i.TcpBits, "Sets or clears CWR: the sender has slowed down.",
            present: Bit((ref i) => ref i.Operation, SetCwr), when: static (in i) => !s_removal.IsSet(i), label: " CWR=");
        Options =
        [
            Flag("ecn-tcp-remove", s_removal, "Clears both bits in the TCP header.", label: " TCP remove", excludes: [cwr, ece]),
            ece,
            cwr,
            Option("ecn-ip-ect", s_codePoint, (ref i) => ref i.CodePoint, "The two bits in the IP header.",
                present: Bit((ref i) => ref i.Operation, SetIp), label: " ECT codepoint="),
        ];
    }

    /// <inheritdoc/>
    protected override string? Misuse(in EcnTargetInfo info, in Format format) =>
        (info.Operation & (SetEce | SetCwr)) != 0 && format.Protocol != Protocol.Tcp ? "the bits of the TCP header need -p tcp" : null;

    /// <summary>One bit, as 0 or 1.</summary>
    private sealed class TcpBit(byte bit) : Syntax<byte>
    {
        private static readonly Number<byte> s_value = new(0, 1);

        public override string Placeholder => "0..1";

        public override void Parse(in Argument argument, ref byte field)
        {
            byte value = 0;
            s_value.Parse(argument, ref value);
            field = (byte)(value == 0 ? field & ~bit : field | bit);
        }

        public override void Write(in byte field, Output output, in Format format) => output.Write((byte)((field & bit) == 0 ? '0' : '1'));
    }

    /// <inheritdoc/>
    protected override Fate? Act(in EcnTargetInfo info, Packet packet)
    {
        if ((info.Operation & SetIp) != 0)
        {
            packet.Change(Field.Ip.Congestion, kept: 0, info.CodePoint);
        }

        int cleared = ((info.Operation & SetEce) != 0 ? EceFlag : 0) | ((info.Operation & SetCwr) != 0 ? CwrFlag : 0);
        if (cleared == 0)
        {
            return Fate.Continue;
        }

        Answer has = packet.Has(Header.Tcp);
        if (has is Answer.Yes)
        {
            int set = ((info.TcpBits & Ece) != 0 ? EceFlag : 0) | ((info.TcpBits & Cwr) != 0 ? CwrFlag : 0);
            packet.Change(Field.Tcp.Flags, kept: (byte)~cleared, (byte)(set & cleared));
        }

        return has is Answer.Dropped ? Fate.Drop : Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j ECN</c>.</summary>
[KernelStruct("struct ipt_ECN_info", "linux/netfilter_ipv4/ipt_ECN.h")]
[StructLayout(LayoutKind.Sequential)]
public struct EcnTargetInfo
{
    /// <summary>What is set: <c>IPT_ECN_OP_*</c>.</summary>
    public byte Operation;

    /// <summary>The two bits of the IP header.</summary>
    [KernelField("ip_ect")]
    public byte CodePoint;

    /// <summary>ECE and CWR, from the lowest bit.</summary>
    [KernelField("proto")]
    public byte TcpBits;
}
