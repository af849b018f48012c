using System.Numerics;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// ebtables' match <c>stp</c>. Linux (6.18 and before) looks for each field one byte before its place, since its header has one byte for the protocol's number,
/// which has two. So no option is a condition on a field of the protocol; tests show what the kernel does.
/// </summary>
internal sealed class EbtStp : Match<EbtStpInfo>
{
    /// <inheritdoc/>
    public override string Name => "stp";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_STP";

    /// <inheritdoc/>
    public override string Summary =>
        "Matches frames of the spanning tree protocol (IEEE 802.1D). Linux up to 6.18 looks for each field one byte before its place.";

    public EbtStp() => Options =
    [
        Option("stp-type", new NamedNumber<byte>("type", "Bad --stp-type argument", writesWords: true, ("config", 0), ("tcn", 128)), (ref i) => ref i.Type, "What it is: config, or tcn for a change of the topology.",
            present: Given(0x001), invert: Inverted(0x001)),
        Option("stp-flags", new NamedNumber<byte>("flags", "Bad --stp-flags argument", writesWords: true, ("topology-change", 1), ("topology-change-ack", 128)), (ref i) => ref i.Flags, "All flags.",
            present: Given(0x002), invert: Inverted(0x002)),
        Range("stp-root-prio", (ref i) => ref i.RootPriority, 0x004, "The priority of the root of the tree."),
        Address("stp-root-addr", (ref i) => ref i.RootAddress, 0x008, "The address of the root of the tree."),
        Range("stp-root-cost", (ref i) => ref i.RootCost, 0x010, "The cost of the path to the root."),
        Range("stp-sender-prio", (ref i) => ref i.SenderPriority, 0x020, "The priority of the sender."),
        Address("stp-sender-addr", (ref i) => ref i.SenderAddress, 0x040, "The address of the sender."),
        Range("stp-port", (ref i) => ref i.Port, 0x080, "The number of the sender's port."),
        Range("stp-msg-age", (ref i) => ref i.MessageAge, 0x100, "The age of the message, in 1/256 s."),
        Range("stp-max-age", (ref i) => ref i.MostAge, 0x200, "The age from which on a message does not count, in 1/256 s."),
        Range("stp-hello-time", (ref i) => ref i.HelloTime, 0x400, "The time between two messages of the root, in 1/256 s."),
        Range("stp-forward-delay", (ref i) => ref i.ForwardDelay, 0x800, "The time before a port forwards frames, in 1/256 s."),
    ];

    private static Option<EbtStpInfo, Interval<T>> Range<T>(string name, FieldRef<EbtStpInfo, Interval<T>> field, ushort bit, string summary)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        Option(name, new IntervalSyntax<T>(), field, summary, present: Given(bit), invert: Inverted(bit));

    private static Option<EbtStpInfo, Masked<MacAddress>> Address(string name, FieldRef<EbtStpInfo, Masked<MacAddress>> field, ushort bit, string summary) =>
        Option(name, new MaskedMacSyntax<MacAddress>($"Bad --{name} address"), field, summary, present: Given(bit), invert: Inverted(bit));

    private static Switch<EbtStpInfo> Given(ushort bit) => Bit((ref i) => ref i.Given, bit);

    private static Switch<EbtStpInfo> Inverted(ushort bit) => Bit((ref i) => ref i.Inversions, bit);
}

/// <summary>The kernel's struct for ebtables' match <c>stp</c>.</summary>
[KernelStruct("struct ebt_stp_info", "linux/netfilter_bridge/ebt_stp.h")]
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct EbtStpInfo
{
    [FieldOffset(0)]
    public byte Type;

    [FieldOffset(4)]
    [KernelField("config.flags")]
    public byte Flags;

    [FieldOffset(6)]
    [KernelField("config.root_priol")]
    public Interval<ushort> RootPriority;

    [FieldOffset(10)]
    [KernelField("config.root_addr")]
    public Masked<MacAddress> RootAddress;

    [FieldOffset(24)]
    [KernelField("config.root_costl")]
    public Interval<uint> RootCost;

    [FieldOffset(32)]
    [KernelField("config.sender_priol")]
    public Interval<ushort> SenderPriority;

    [FieldOffset(36)]
    [KernelField("config.sender_addr")]
    public Masked<MacAddress> SenderAddress;

    [FieldOffset(48)]
    [KernelField("config.portl")]
    public Interval<ushort> Port;

    [FieldOffset(52)]
    [KernelField("config.msg_agel")]
    public Interval<ushort> MessageAge;

    [FieldOffset(56)]
    [KernelField("config.max_agel")]
    public Interval<ushort> MostAge;

    [FieldOffset(60)]
    [KernelField("config.hello_timel")]
    public Interval<ushort> HelloTime;

    [FieldOffset(64)]
    [KernelField("config.forward_delayl")]
    public Interval<ushort> ForwardDelay;

    /// <summary><c>EBT_STP_*</c>: which of them are compared.</summary>
    [FieldOffset(68)]
    [KernelField("bitmask")]
    public ushort Given;

    /// <summary>Which of those are inverted.</summary>
    [FieldOffset(70)]
    [KernelField("invflags")]
    public ushort Inversions;
}
