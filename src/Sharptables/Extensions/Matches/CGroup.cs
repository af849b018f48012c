using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m cgroup</c>.</summary>
internal sealed class CGroup : Match<CGroupInfo>
{
    /// <inheritdoc/>
    public override string Name => "cgroup";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the control group of the process whose socket they belong to.";

    /// <inheritdoc/>
    public override string DependsOn => "the process that sends the packet";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 2;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.Input | Hooks.Output | Hooks.PostRouting);

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Path);

    public CGroup() => Options =
    [
        Option("path", new BoundedText<CGroupInfo.CGroupPath>(placeholder: "path"), (ref i) => ref i.Path,
            "The group, or one below it, by its path from the root of cgroup2.", since: 1,
            present: Bit((ref i) => ref i.HasPath, 1), invert: Bit((ref i) => ref i.InvertPath, 1),
            label: " cgroup ", listing: ListPath),
        Option("cgroup", new Number<uint>(0, uint.MaxValue, placeholder: "classid"), (ref i) => ref i.ClassId,
            "The number of its class (net_cls.classid); not with {--path}.",
            of: Field.Meta.ControlGroup, present: Bit((ref i) => ref i.HasClassId, 1), invert: Bit((ref i) => ref i.InvertClassId, 1),
            label: " cgroup ", invertedLabel: " cgroup ! "),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            1,
            static (in CGroupInfo i, ref Info1 old) =>
            {
                (old.HasPath, old.HasClassId, old.InvertPath, old.InvertClassId) = (i.HasPath, i.HasClassId, i.InvertPath, i.InvertClassId);
                old.ClassId = i.HasClassId != 0 ? i.ClassId : 0;
                if (i.HasPath != 0)
                {
                    BoundedText<CGroupInfo.CGroupPath>.Text(i.Path).CopyTo(old.Path);
                }

                return null;
            },
            static (in Info1 old, ref CGroupInfo i) =>
            {
                (i.HasPath, i.HasClassId, i.InvertPath, i.InvertClassId) = (old.HasPath, old.HasClassId, old.InvertPath, old.InvertClassId);
                i.ClassId = old.ClassId;
                if (i.HasPath != 0)
                {
                    ReadOnlySpan<byte> path = BoundedText<LongPath>.Text(old.Path);
                    path[..Math.Min(path.Length, 511)].CopyTo(i.Path);
                }
            }),
        Older(
            0,
            static (in CGroupInfo i, ref Info0 old) =>
            {
                (old.ClassId, old.Inversion) = (i.ClassId, i.InvertClassId);
                return i.HasPath == 0 ? null : "--path needs revision 1";
            },
            static (in Info0 old, ref CGroupInfo i) =>
                (i.HasClassId, i.ClassId, i.InvertClassId) = (1, old.ClassId, (byte)(old.Inversion == 0 ? 0 : 1))),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in CGroupInfo info, in Format format) =>
        info.HasPath == info.HasClassId ? "exactly one of --path and --cgroup must be given" : null;

    /// <summary>Writes it unquoted, whatever it contains.</summary>
    private static void ListPath(string label, in CGroupInfo.CGroupPath path, bool isInverted, Output output, in Format format)
    {
        output.Write(label);
        output.Write(isInverted ? "! "u8 : ""u8);
        output.Write(BoundedText<CGroupInfo.CGroupPath>.Text(path));
    }

    [InlineArray(4096)]
    private struct LongPath
    {
        private byte _first;
    }

    [KernelStruct("struct xt_cgroup_info_v1", "linux/netfilter/xt_cgroup.h")]
    [StructLayout(LayoutKind.Sequential, Size = 4112)]
    private struct Info1
    {
        [KernelField("has_path")]
        public byte HasPath;
        [KernelField("has_classid")]
        public byte HasClassId;
        [KernelField("invert_path")]
        public byte InvertPath;
        [KernelField("invert_classid")]
        public byte InvertClassId;
        public LongPath Path;
        [KernelField("classid")]
        public uint ClassId;
    }

    [KernelStruct("struct xt_cgroup_info_v0", "linux/netfilter/xt_cgroup.h")]
    private struct Info0
    {
        [KernelField("id")]
        public uint ClassId;
        [KernelField("invert")]
        public uint Inversion;
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>A packet that no program here has sent is in no group, and is left, be that inverted or not.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        return packet.MayHaveSocket is false ? Answer.No : base.Ask(payload, packet, out by);
    }
}

/// <summary>The kernel's struct for <c>-m cgroup</c>.</summary>
[KernelStruct("struct xt_cgroup_info_v2", "linux/netfilter/xt_cgroup.h")]
[StructLayout(LayoutKind.Explicit, Size = 528)]
public struct CGroupInfo
{
    /// <summary>1: a path is asked for.</summary>
    [FieldOffset(0)]
    [KernelField("has_path")]
    public byte HasPath;

    /// <summary>1: a class is asked for.</summary>
    [FieldOffset(1)]
    [KernelField("has_classid")]
    public byte HasClassId;

    /// <summary>1: any other path.</summary>
    [FieldOffset(2)]
    [KernelField("invert_path")]
    public byte InvertPath;

    /// <summary>1: any other class.</summary>
    [FieldOffset(3)]
    [KernelField("invert_classid")]
    public byte InvertClassId;

    /// <summary>The path, with a zero byte at its end.</summary>
    [FieldOffset(4)]
    public CGroupPath Path;

    /// <summary>The class.</summary>
    [FieldOffset(4)]
    [KernelField("classid")]
    public uint ClassId;

    /// <summary>A path (XT_CGROUP_PATH_MAX).</summary>
    [InlineArray(512)]
    public struct CGroupPath
    {
        private byte _first;
    }
}
