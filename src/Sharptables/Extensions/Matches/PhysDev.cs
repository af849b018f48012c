using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m physdev</c>.</summary>
internal sealed class PhysDev : Match<PhysDevInfo>
{
    /// <inheritdoc/>
    public override string Name => "physdev";

    /// <inheritdoc/>
    public override string Summary => "Matches bridged packets by the ports of the bridge.";

    /// <inheritdoc/>
    public override string DependsOn => "the ports of the bridge that the packet passes";

    /// <inheritdoc/>
    public override string ListedAs => " PHYSDEV match";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("PHYSDEV: no physdev option specified");

    public PhysDev() => Options =
    [
        Flag("physdev-is-in", Asked(1 << 3), "The packet came in through a port of a bridge.",
            of: new UnsaidField(new WordField("physdev-is-in", 8)), has: Values.Only(1), invert: Inverted(1 << 3), label: " --physdev-is-in"),
        Option("physdev-in", new DeviceMaskSyntax(), (ref i) => ref i.In, "The port it came in through.",
            of: new UnsaidField(new WordField("physdev-in", 128, FieldType.Interface)), present: Asked(1 << 0), invert: Inverted(1 << 0), label: " --physdev-in ", helpRank: -1),
        Flag("physdev-is-out", Asked(1 << 4), "The packet will go out through a port of a bridge.",
            of: new UnsaidField(new WordField("physdev-is-out", 8)), has: Values.Only(1), invert: Inverted(1 << 4), label: " --physdev-is-out"),
        Option("physdev-out", new DeviceMaskSyntax(), (ref i) => ref i.Out, "The port it will go out through.",
            of: new UnsaidField(new WordField("physdev-out", 128, FieldType.Interface)), present: Asked(1 << 1), invert: Inverted(1 << 1), label: " --physdev-out ", helpRank: -1),
        Flag("physdev-is-bridged", Asked(1 << 2), "The packet is bridged, not routed.",
            of: new UnsaidField(new WordField("physdev-is-bridged", 8)), has: Values.Only(1), invert: Inverted(1 << 2), label: " --physdev-is-bridged"),
    ];

    private static Switch<PhysDevInfo> Asked(byte bit) => Bit((ref i) => ref i.Asked, bit);

    private static Switch<PhysDevInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inverted, bit);
}

/// <summary>The kernel's struct for <c>-m physdev</c>.</summary>
[KernelStruct("struct xt_physdev_info", "linux/netfilter/xt_physdev.h")]
[StructLayout(LayoutKind.Sequential)]
public struct PhysDevInfo
{
    /// <summary>The bridge port that the packet came in through.</summary>
    [KernelField("physindev")]
    public DeviceMask In;

    /// <summary>The bridge port that it will leave through.</summary>
    [KernelField("physoutdev")]
    public DeviceMask Out;

    /// <summary>Which of <see cref="Asked"/> are inverted.</summary>
    [KernelField("invert")]
    public byte Inverted;

    /// <summary>What is compared: <c>XT_PHYSDEV_OP_*</c>.</summary>
    [KernelField("bitmask")]
    public byte Asked;
}
