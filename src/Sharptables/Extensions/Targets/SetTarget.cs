using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j SET</c>.</summary>
internal sealed class SetTarget : Target<SetTargetInfo>
{
    private const uint DefaultTimeout = uint.MaxValue; // the default of the set

    // IPSET_FLAG_EXIST, _MAP_SKBMARK, _MAP_SKBPRIO, _MAP_SKBQUEUE (linux/netfilter/ipset/ip_set.h)
    private static readonly Switch<SetTargetInfo> s_exist = Bit((ref i) => ref i.Flags, 0x1);
    private static readonly Switch<SetTargetInfo> s_mark = Bit((ref i) => ref i.Flags, 0x100);
    private static readonly Switch<SetTargetInfo> s_priority = Bit((ref i) => ref i.Flags, 0x200);
    private static readonly Switch<SetTargetInfo> s_queue = Bit((ref i) => ref i.Flags, 0x400);

    private readonly Option _addSet, _exist, _timeout, _delSet, _mapSet;
    private readonly Option[] _mapFlags;

    /// <inheritdoc/>
    public override string Name => "SET";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_SET";

    /// <inheritdoc/>
    public override string Summary => "Adds addresses and ports of the packet to an IP set, deletes them, or looks up marks in the set.";

    /// <inheritdoc/>
    public override string DependsOn => "the sets of the kernel";

    /// <inheritdoc/>
    public override bool AsksForNamed => true;

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne =>
        field ??= new("You must specify either `--add-set' or `--del-set' or `--map-set'", _addSet, _delSet, _mapSet);

    /// <inheritdoc/>
    public override byte Revision => 3;

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<Info2>(
            2,
            static (in newest, ref older) =>
            {
                older = new() { AddSet = newest.AddSet, DelSet = newest.DelSet, Flags = newest.Flags, Timeout = newest.Timeout };
                return newest.MapSet.IsGiven ? "--map-set needs revision 3" : null;
            },
            static (in older, ref newest) =>
                (newest.AddSet, newest.DelSet, newest.Flags, newest.Timeout) = (older.AddSet, older.DelSet, older.Flags, older.Timeout)),
        Older<Info1>(1, NeedsNewer),
        Older<Info0>(
            0,
            static (in newest, ref older) => NeedsNewer(newest)
                ?? SetReference0.Narrow(newest.AddSet, ref older.AddSet) ?? SetReference0.Narrow(newest.DelSet, ref older.DelSet),
            static (in older, ref newest) => (newest.AddSet, newest.DelSet) = (older.AddSet.Widen(), older.DelSet.Widen()),
            families: Families.IPv4),
    ];

    public SetTarget() => Options =
    [
        _addSet = Option("add-set", new SetReferenceSyntax(), (ref i) => ref i.AddSet, "Adds addresses and ports of the packet to a set.",
            repeat: true, when: static (in i) => i.AddSet.IsGiven),
        _exist = Flag("exist", s_exist, "With {--add-set}: restarts the timeout of an element that exists already.", repeat: true),
        _timeout = Option("timeout", new Timeout(), (ref i) => ref i.Timeout, "With {--add-set}: the timeout of the element in seconds.",
            repeat: true, absent: DefaultTimeout),
        _delSet = Option("del-set", new SetReferenceSyntax(), (ref i) => ref i.DelSet,
            "Deletes addresses and ports of the packet from a set.",
            repeat: true, when: static (in i) => i.DelSet.IsGiven),
        _mapSet = Option("map-set", new SetReferenceSyntax(), (ref i) => ref i.MapSet,
            "Looks up the packet in a set made with skbinfo; only in the table mangle.",
            repeat: true, when: static (in i) => i.MapSet.IsGiven),
        .. _mapFlags =
        [
            Flag("map-mark", s_mark, "With {--map-set}: gives the packet the mark found there.", repeat: true),
            Flag("map-prio", s_priority, "With {--map-set}: gives the packet the priority found there.", repeat: true),
            Flag("map-queue", s_queue, "With {--map-set}: gives the packet the device's queue found there.", repeat: true),
        ],
    ];

    /// <inheritdoc/>
    protected override void Begin(ref SetTargetInfo info)
    {
        info.AddSet = info.DelSet = info.MapSet = SetReference.None;
        info.Timeout = DefaultTimeout;
    }

    /// <inheritdoc/>
    protected override void Finish(ref SetTargetInfo info, in Given given, RuleInProgress rule)
    {
        if (!given[_addSet] && given[_exist])
        {
            throw new UsageException("Flag `--exist' can be used with `--add-set' only");
        }

        if (!given[_addSet] && given[_timeout])
        {
            throw new UsageException("Option `--timeout' can be used with `--add-set' only");
        }

        foreach (Option flag in _mapFlags)
        {
            if (given[flag] && !given[_mapSet])
            {
                throw new UsageException($"Flag `--{flag.Name}' can be used with `--map-set' only");
            }
        }

        if (given[_mapSet])
        {
            new AtLeastOne("You must specify flags `--map-mark' or '--map-prio` or `--map-queue'", _mapFlags).Check(given);
        }
    }

    /// <summary>What revision 1 and older cannot express.</summary>
    private static string? NeedsNewer(SetTargetInfo info) => info.MapSet.IsGiven ? "--map-set needs revision 3"
        : info.Flags != 0 || info.Timeout != DefaultTimeout ? "--exist and --timeout need revision 2" : null;

    [KernelStruct("struct xt_set_info_target_v2", "linux/netfilter/xt_set.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info2
    {
        public SetReference AddSet;
        public SetReference DelSet;
        public uint Flags;
        public uint Timeout;
    }

    [KernelStruct("struct xt_set_info_target_v1", "linux/netfilter/xt_set.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info1
    {
        public SetReference AddSet;
        public SetReference DelSet;
    }

    [KernelStruct("struct xt_set_info_target_v0", "linux/netfilter/xt_set.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info0
    {
        public SetReference0 AddSet;
        public SetReference0 DelSet;
    }

    private sealed class Timeout : Syntax<uint>
    {
        public override string Placeholder => "seconds";

        public override void Parse(in Argument argument, ref uint field) =>
            field = Numerals.TryRead(argument.Text, 0, uint.MaxValue - 1, out ulong seconds)
                ? (uint)seconds
                : throw new UsageException("Invalid value for option --timeout or out of range 0-4294967294");

        public override void Write(in uint field, Output output, in Format format) => output.WriteNumber((ulong)field);
    }

    /// <summary>What it changes in a set may be asked for behind it.</summary>
    protected override Fate? Act(in SetTargetInfo info, Packet packet)
    {
        foreach (SetReference changed in (ReadOnlySpan<SetReference>)[info.AddSet, info.DelSet])
        {
            if (changed.IsGiven)
            {
                packet.ChangedSets.Add(changed.Index);
            }
        }

        if (info.MapSet.IsGiven && s_mark.IsSet(info))
        {
            packet.Forget(Field.Meta.Mark);
        }

        if (info.MapSet.IsGiven && s_priority.IsSet(info))
        {
            packet.Forget(Field.Meta.Priority);
        }

        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j SET</c>.</summary>
[KernelStruct("struct xt_set_info_target_v3", "linux/netfilter/xt_set.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SetTargetInfo
{
    /// <summary>The set to add to.</summary>
    public SetReference AddSet;

    /// <summary>The set to delete from.</summary>
    public SetReference DelSet;

    /// <summary>The set whose element supplies mark, priority and queue.</summary>
    public SetReference MapSet;

    /// <summary>IPSET_FLAG_*.</summary>
    public uint Flags;

    /// <summary>The timeout of the element in seconds; all ones for the default of the set.</summary>
    public uint Timeout;
}
