using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>vlan</c>.</summary>
internal sealed class EbtVlan : Match<EbtVlanInfo>
{
    private const byte Id = 1, Priority = 2, Encapsulated = 4; // EBT_VLAN_*
    private const uint MostId = 4094;

    /// <inheritdoc/>
    public override string Name => "vlan";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_VLAN";

    /// <inheritdoc/>
    public override string Summary => "Matches frames by their VLAN tag (IEEE 802.1Q).";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [EtherType.Vlan]);

    public EbtVlan() => Options =
    [
        Option("vlan-id", new Number<ushort>(0, MostId), (ref i) => ref i.Id, "The number of the VLAN; 0 for frames that only have a priority.",
            of: Field.Vlan.Id, present: Given(Id), invert: Inverted(Id)),
        Option("vlan-prio", new Number<byte>(0, 7), (ref i) => ref i.Priority, "The priority. The kernel looks at it only if the number is 0, or not asked for.",
            of: Field.Vlan.Priority, present: Given(Priority), invert: Inverted(Priority)),
        Option("vlan-encap", new EtherTypeSyntax("Unknown --vlan-encap value ('{0}')", "{0:X4}", least: 0x0600), (ref i) => ref i.Protocol,
            "The protocol behind the tag, in hexadecimal or by name.",
            of: Field.Vlan.Protocol, present: Given(Encapsulated), invert: Inverted(Encapsulated)),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref EbtVlanInfo info, in Given given, RuleInProgress rule)
    {
        if ((info.Given & (Id | Priority)) == (Id | Priority) && info.Id != 0)
        {
            throw new UsageException("vlan: --vlan-prio has no effect with a --vlan-id other than 0")
            {
                Hint = "The kernel drops the condition then, and the rule would take frames of every priority.",
            };
        }
    }

    private static Switch<EbtVlanInfo> Given(byte bit) => Bit((ref i) => ref i.Given, bit);

    private static Switch<EbtVlanInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inversions, bit);
}

/// <summary>The kernel's struct for ebtables' match <c>vlan</c>.</summary>
[KernelStruct("struct ebt_vlan_info", "linux/netfilter_bridge/ebt_vlan.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtVlanInfo
{
    public ushort Id;

    [KernelField("prio")]
    public byte Priority;

    [KernelField("encap")]
    public Be16 Protocol;

    /// <summary><c>EBT_VLAN_*</c>: which of them are compared.</summary>
    [KernelField("bitmask")]
    public byte Given;

    /// <summary>Which of those are inverted.</summary>
    [KernelField("invflags")]
    public byte Inversions;
}
