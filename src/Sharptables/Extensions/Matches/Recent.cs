using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m recent</c>.</summary>
internal sealed class Recent : Match<RecentInfo>
{
    private static readonly Switch<RecentInfo> s_inverted = Bit((ref i) => ref i.Invert, 1);
    private static readonly Switch<RecentInfo> s_check = Bit((ref i) => ref i.Actions, 1); // XT_RECENT_CHECK
    private static readonly Switch<RecentInfo> s_set = Bit((ref i) => ref i.Actions, 2);
    private static readonly Switch<RecentInfo> s_update = Bit((ref i) => ref i.Actions, 4);
    private static readonly Switch<RecentInfo> s_remove = Bit((ref i) => ref i.Actions, 8);
    private static readonly Switch<RecentInfo> s_ttl = Bit((ref i) => ref i.Actions, 0x10);
    private static readonly Switch<RecentInfo> s_reap = Bit((ref i) => ref i.Actions, 0x20);

    private readonly Option _set, _remove, _seconds;
    private readonly Option[] _actions;

    /// <inheritdoc/>
    public override bool IsOfTheMoment => true;

    /// <inheritdoc/>
    public override string Name => "recent";

    /// <inheritdoc/>
    public override string Summary => "Keeps lists of recently seen addresses, and matches packets by them.";

    /// <inheritdoc/>
    public override string DependsOn => "which addresses came before, and when";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne =>
        field ??= new("recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'", _actions);

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts =>
    [
        Older<Info0>(0, i => InetAddress.Bytes(i.Mask, Family).ContainsAnyExcept((byte)0xff) ? "--mask needs revision 1" : null),
    ];

    public Recent() => Options =
    [
        .. _actions = OneOf(
            _set = Flag("set", s_set, "Adds the address to the list, or updates its entry, and matches.",
                invert: s_inverted),
            Flag("rcheck", s_check, "Matches if the list has the address.", invert: s_inverted),
            Flag("update", s_update, "Matches if the list has the address, and updates its entry.",
                invert: s_inverted),
            _remove = Flag("remove", s_remove, "Matches if the list has the address, and removes it.", invert: s_inverted)),
        _seconds = Option("seconds", new Number<uint>(1, uint.MaxValue), (ref i) => ref i.Seconds,
            "With {--rcheck} or {--update}: only if it was seen within this number of seconds.", absent: 0),
        Flag("reap", s_reap, "Removes addresses from the list that have not been seen for the time of {--seconds}.", needs: [_seconds]),
        Option("hitcount", new Number<uint>(0, uint.MaxValue), (ref i) => ref i.HitCount,
            "With {--rcheck} or {--update}: only if it was seen at least this many times.", absent: 0),
        Flag("rttl", s_ttl, "With {--rcheck} or {--update}: only if the packet has the same time to live as the one seen by {--set}.",
            excludes: [_set, _remove]),
        Option("name", new ListNameSyntax(), (ref i) => ref i.List, "The list; DEFAULT if not given."),
        Option("mask", new MaskSyntax(), (ref i) => ref i.Mask, "The mask of addresses; all bits if not given.", helpRank: 1),
        Flag("rsource", Is((ref i) => ref i.Side, 0), "Uses the packet's source address; the default."),
        Flag("rdest", Switch(static (in i) => i.Side != 0, static (ref i) => i.Side = 1), "Uses the packet's destination address."),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref RecentInfo info)
    {
        "DEFAULT"u8.CopyTo(info.List);
        info.Mask[..].Fill(0xff);
    }

    /// <inheritdoc/>
    protected override string? Misuse(in RecentInfo info, in Format format) =>
        (s_set.IsSet(info) || s_remove.IsSet(info)) && (info.Seconds != 0 || info.HitCount != 0)
            ? "--seconds and --hitcount go with --rcheck and --update only"
        : info.HitCount > ushort.MaxValue ? "--hitcount is 65535 at most"
        : BoundedText<RecentInfo.ListName>.IsNameOfFile(info.List) ? null : "--name is also that of a file, so it has no / and is not . or ..";

    /// <summary>Listings have other words, and the mask at the end.</summary>
    protected override void List(in RecentInfo info, Output output, in Format format)
    {
        output.Write(s_inverted.IsSet(info) ? " ! recent:" : " recent:");
        WriteIf(s_set, " SET", info, output);
        WriteIf(s_check, " CHECK", info, output);
        WriteIf(s_update, " UPDATE", info, output);
        WriteIf(s_remove, " REMOVE", info, output);
        WriteNumber(" seconds: ", info.Seconds, output);
        WriteIf(s_reap, " reap", info, output);
        WriteNumber(" hit_count: ", info.HitCount, output);
        WriteIf(s_ttl, " TTL-Match", info, output);
        output.Write(" name: "u8);
        output.Write(BoundedText<RecentInfo.ListName>.Text(info.List));
        output.Write(info.Side == 0 ? " side: source mask: " : " side: dest mask: ");
        Addresses.Write(output, InetAddress.Bytes(info.Mask, format.Family));
    }

    private static void WriteIf(Switch<RecentInfo> bit, string text, in RecentInfo info, Output output) =>
        output.Write(bit.IsSet(info) ? text : "");

    private static void WriteNumber(string label, uint value, Output output)
    {
        if (value != 0)
        {
            output.Write(label);
            output.WriteNumber((ulong)value);
        }
    }

    /// <summary><see cref="RecentInfo"/> without the mask.</summary>
    [InlineArray(212)]
    [KernelStruct("struct xt_recent_mtinfo", "linux/netfilter/xt_recent.h")]
    private struct Info0
    {
        private byte _first;
    }

    /// <summary>A name is written over DEFAULT, as in the original: the bytes after its end remain, so that the rules are equal.</summary>
    private sealed class ListNameSyntax : Syntax<RecentInfo.ListName>
    {
        public override string Placeholder => "name";

        public override void Parse(in Argument argument, ref RecentInfo.ListName field)
        {
            int length = Math.Min(argument.Text.Length, 199);
            argument.Text[..length].CopyTo(field);
            field[length] = 0;
        }

        public override void Write(in RecentInfo.ListName field, Output output, in Format format) =>
            QuotedText.WriteName(BoundedText<RecentInfo.ListName>.Text(field), output);
    }

    private sealed class MaskSyntax : Syntax<InetAddress>
    {
        public override string Placeholder => "netmask";

        public override void Parse(in Argument argument, ref InetAddress field)
        {
            field = default;
            InetAddressText.Resolve(argument.Text, InetAddress.Writable(ref field, argument.Family), argument.Names);
        }

        public override void Write(in InetAddress field, Output output, in Format format) =>
            Addresses.Write(output, InetAddress.Bytes(field, format.Family));
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>To note the address always succeeds.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly RecentInfo info = ref As(payload);
        return !s_set.IsSet(info) || s_ttl.IsSet(info) ? Answer.Unknown : s_inverted.IsSet(info) ? Answer.No : Answer.Yes;
    }
}

/// <summary>The kernel's struct for <c>-m recent</c>.</summary>
[KernelStruct("struct xt_recent_mtinfo_v1", "linux/netfilter/xt_recent.h")]
[StructLayout(LayoutKind.Sequential)]
public struct RecentInfo
{
    /// <summary>Within how many seconds; 0: at any time.</summary>
    public uint Seconds;

    /// <summary>How many times; 0: any number.</summary>
    public uint HitCount;

    /// <summary>XT_RECENT_*: what is done.</summary>
    [KernelField("check_set")]
    public byte Actions;

    /// <summary>1: the result is inverted.</summary>
    public byte Invert;

    /// <summary>The list.</summary>
    [KernelField("name")]
    public ListName List;

    /// <summary>0: the source address; 1: the destination.</summary>
    public byte Side;

    private readonly byte _padding; // the union of addresses that follows is aligned to 4

    /// <summary>The mask of addresses.</summary>
    public InetAddress Mask;

    /// <summary>A list's name (XT_RECENT_NAME_LEN).</summary>
    [InlineArray(200)]
    public struct ListName
    {
        private byte _first;
    }
}
