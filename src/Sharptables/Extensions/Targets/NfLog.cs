using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j NFLOG</c>.</summary>
internal sealed class NfLog : Target<NfLogInfo>
{
    private const ushort CopyLength = 1 << 0;

    private readonly Option _range;

    /// <inheritdoc/>
    public override string Name => "NFLOG";

    /// <inheritdoc/>
    public override string Summary => "Sends the packet to a logging program that listens on a netlink socket.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public NfLog() => Options =
    [
        Option("nflog-prefix", new BoundedText<NfLogInfo.PrefixText>(1, "Newlines not allowed in --log-prefix", placeholder: "STRING"),
            (ref i) => ref i.Prefix, "A text sent with each packet.", when: static (in i) => i.Prefix[0] != 0, helpRank: 1),
        Option("nflog-group", new Number<ushort>(0, ushort.MaxValue, placeholder: "NUM"), (ref i) => ref i.Group,
            "The netlink group that the program listens to.", absent: 0),
        .. OneOf(
            _range = Option("nflog-range", new Number<uint>(0, uint.MaxValue, placeholder: "NUM"), (ref i) => ref i.Length,
                "Has no effect; {--nflog-size} does what this was meant to do.",
                when: static (in i) => i.Length != 0 && (i.Flags & CopyLength) == 0),
            Option("nflog-size", new Number<uint>(0, uint.MaxValue, placeholder: "NUM"), (ref i) => ref i.Length,
                "How many bytes of the packet to copy.", present: Bit((ref i) => ref i.Flags, CopyLength))),
        Option("nflog-threshold", new Number<ushort>(0, ushort.MaxValue, placeholder: "NUM"), (ref i) => ref i.Threshold,
            "How many packets to collect before sending them.", absent: 0),
    ];

    /// <inheritdoc/>
    protected override Statement StatementIn(in NfLogInfo info) => new Statement.Log(
        info.Group,
        BoundedText<NfLogInfo.PrefixText>.Text(info.Prefix).ToArray(),
        (info.Flags & CopyLength) != 0 ? info.Length : null,
        info.Threshold);

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref NfLogInfo info)
    {
        if (statement is not Statement.Log log || log.Prefix.Length >= NfLogInfo.PrefixText.Length)
        {
            return false;
        }

        (info.Group, info.Threshold) = (log.Group, log.Threshold);
        log.Prefix.CopyTo((Span<byte>)info.Prefix);
        if (log.Length is { } length)
        {
            (info.Length, info.Flags) = (length, CopyLength);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Finish(ref NfLogInfo info, in Given given, RuleInProgress rule)
    {
        if (given[_range])
        {
            rule.Warn("warn: --nflog-range has never worked and is no longer supported, please use --nflog-size instead");
        }
    }

    /// <inheritdoc/>
    protected override Fate? Act(in NfLogInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j NFLOG</c>.</summary>
[KernelStruct("struct xt_nflog_info", "linux/netfilter/xt_NFLOG.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NfLogInfo
{
    /// <summary>The number of bytes to copy from the packet.</summary>
    [KernelField("len")]
    public uint Length;

    /// <summary>The netlink group.</summary>
    public ushort Group;

    /// <summary>The number of packets to collect before sending.</summary>
    public ushort Threshold;

    /// <summary>1: <see cref="Length"/> applies.</summary>
    public ushort Flags;

    /// <summary>Zero.</summary>
    [KernelField("pad")]
    public ushort Padding;

    /// <summary>Sent with each packet.</summary>
    public PrefixText Prefix;

    /// <summary><c>char prefix[64]</c>.</summary>
    [InlineArray(Length)]
    public struct PrefixText
    {
        internal const int Length = 64;

        private byte _first;
    }
}
