using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary>ebtables' watcher <c>nflog</c>, whose struct (<c>ebt_nflog_info</c>) is that of the target <c>NFLOG</c>.</summary>
internal sealed class EbtNfLog : Watcher<NfLogInfo>
{
    private const ushort DefaultGroup = 1, DefaultThreshold = 1; // EBT_NFLOG_DEFAULT_*

    /// <inheritdoc/>
    public override string Name => "nflog";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_NFLOG";

    /// <inheritdoc/>
    public override string Summary => "Sends the frame to a logging program that listens on a netlink socket.";

    public EbtNfLog(bool isTarget)
        : base(isTarget) => Options =
    [
        Flag("nflog", Switch(Never, static (ref i) => { }), "Sends it to group 1, without a prefix.", shorthand: true),
        Option("nflog-prefix", new QuotedPrefix<NfLogInfo.PrefixText>("Prefix too long for nflog-prefix"), (ref i) => ref i.Prefix,
            "A text sent with each frame, up to 63 bytes.", when: static (in i) => i.Prefix[0] != 0),
        Option("nflog-group", new Number<ushort>(0, ushort.MaxValue, placeholder: "group"), (ref i) => ref i.Group,
            "The netlink group that the program listens to; 1 if not given."),
        Option("nflog-range", new Number<uint>(0, uint.MaxValue, placeholder: "size"), (ref i) => ref i.Length,
            "How many bytes of the frame to copy.", absent: 0),
        Option("nflog-threshold", new Number<ushort>(0, ushort.MaxValue, placeholder: "size"), (ref i) => ref i.Threshold,
            "How many frames to collect before sending them; 1 if not given.", absent: DefaultThreshold),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref NfLogInfo info) => info.Group = DefaultGroup;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref NfLogInfo info)
    {
        if (statement is not Statement.Log { Prefix.Length: < 64 } log)
        {
            return false;
        }

        (info.Group, info.Length, info.Threshold) = (log.Group, log.Length ?? 0, log.Threshold);
        log.Prefix.CopyTo((Span<byte>)info.Prefix);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in NfLogInfo info, NftText nft)
    {
        nft.Write(" log");
        bool canSay = info.Prefix[0] == 0 || nft.TryWritePrefix(BoundedText<NfLogInfo.PrefixText>.Text(info.Prefix));
        nft.Write($" group {info.Group}{(info.Length == 0 ? "" : $" snaplen {info.Length}")}");
        return nft.Write(info.Threshold == (nft.SaysAsOriginal ? DefaultThreshold : 0) ? "" : $" queue-threshold {info.Threshold}") && canSay;
    }
}
