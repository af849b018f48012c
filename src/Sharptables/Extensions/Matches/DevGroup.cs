using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m devgroup</c>.</summary>
internal sealed class DevGroup : Match<DevGroupInfo>
{
    private const uint Source = 1 << 0; // XT_DEVGROUP_MATCH_SRC; the next bit inverts it
    private const uint Destination = 1 << 2; // XT_DEVGROUP_MATCH_DST

    /// <inheritdoc/>
    public override string Name => "devgroup";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the group of the device that they come in or go out by.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("devgroup match: You must specify either '--src-group' or '--dst-group'");

    public DevGroup() => Options =
    [
        Option("src-group", new NamedMark(NameKind.DeviceGroup), (ref i) => ref i.In,
            "The group of the device it came in by: a number, or a name from /etc/iproute2/group.",
            of: Field.Meta.InGroup, present: Bit((ref i) => ref i.Flags, Source), invert: Bit((ref i) => ref i.Flags, Source << 1)),
        Option("dst-group", new NamedMark(NameKind.DeviceGroup), (ref i) => ref i.Out,
            "The group of the device it goes out by, likewise.",
            of: Field.Meta.OutGroup, present: Bit((ref i) => ref i.Flags, Destination), invert: Bit((ref i) => ref i.Flags, Destination << 1)),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in DevGroupInfo info, Rule rule, Hooks hooks) =>
        (info.Flags & Source) != 0 && (hooks & (Hooks.Output | Hooks.PostRouting)) != 0
            ? "--src-group works in PREROUTING, INPUT and FORWARD only"
            : (info.Flags & Destination) != 0 && (hooks & (Hooks.PreRouting | Hooks.Input)) != 0
                ? "--dst-group works in FORWARD, OUTPUT and POSTROUTING only"
                : null;

    /// <inheritdoc/>
    protected override bool Translate(in DevGroupInfo info, NftText nft)
    {
        DevGroupInfo said = info;
        if (nft.SaysAsOriginal && (info.Flags & (Source << 1)) != 0)
        {
            said.Flags |= Destination << 1; // the original inverts what follows as well
        }

        return base.Translate(said, nft);
    }
}

/// <summary>The kernel's struct for <c>-m devgroup</c>.</summary>
[KernelStruct("struct xt_devgroup_info", "linux/netfilter/xt_devgroup.h")]
[StructLayout(LayoutKind.Sequential)]
public struct DevGroupInfo
{
    /// <summary><c>XT_DEVGROUP_*</c>.</summary>
    public uint Flags;

    /// <summary>The group of the device it came in by.</summary>
    [KernelField("src_group")]
    public MarkMask In;

    /// <summary>The group of the device it goes out by, likewise.</summary>
    [KernelField("dst_group")]
    public MarkMask Out;
}
