using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' watcher <c>log</c>.</summary>
internal sealed class EbtLog : Watcher<EbtLogInfo>
{
    private const byte Notice = 5; // LOG_NOTICE
    private const uint LogsMac = 0x20; // NF_LOG_MACDECODE

    /// <inheritdoc/>
    public override string Name => "log";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_LOG";

    /// <inheritdoc/>
    public override string Summary => "Logs the frame in the kernel's log.";

    public EbtLog(bool isTarget)
        : base(isTarget) => Options =
    [
        Flag("log", Switch(Never, static (ref i) => { }), "Logs with level notice, and nothing but the Ethernet header.", shorthand: true),
        Option("log-level", new NamedNumber<byte>("level", "Problem with the log-level", writesWords: true,
                ("emerg", 0), ("alert", 1), ("crit", 2), ("error", 3), ("warning", 4), ("notice", 5), ("info", 6), ("debug", 7)) { Greatest = 7 },
            (ref i) => ref i.Level, "The log level, 0 to 7 or by name (syslog.conf(5))."),
        Option("log-prefix", new QuotedPrefix<EbtLogInfo.PrefixText>("Prefix too long"), (ref i) => ref i.Prefix,
            "The beginning of each line, up to 29 bytes.", when: static (in i) => i.Prefix[0] != 0),
        Flag("log-ip", Bit((ref i) => ref i.Flags, 1), "Logs what the header of IPv4 has."),
        Flag("log-arp", Bit((ref i) => ref i.Flags, 2), "Logs what the header of ARP or RARP has."),
        Flag("log-ip6", Bit((ref i) => ref i.Flags, 8), "Logs what the header of IPv6 has."),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref EbtLogInfo info) => info.Level = Notice;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref EbtLogInfo info)
    {
        if (statement is not Statement.KernelLog { Level: < 8, Prefix.Length: < 30, Flags: LogsMac } log)
        {
            return false;
        }

        info.Level = (byte)log.Level;
        log.Prefix.CopyTo((Span<byte>)info.Prefix);
        return true;
    }

    /// <summary>nft logs more than the Ethernet header anyway.</summary>
    protected override bool Translate(in EbtLogInfo info, NftText nft) =>
        nft.TryWriteLog(BoundedText<EbtLogInfo.PrefixText>.Text(info.Prefix), info.Level) && nft.Write(" flags ether");
}

/// <summary>The kernel's struct for ebtables' watcher <c>log</c>.</summary>
[KernelStruct("struct ebt_log_info", "linux/netfilter_bridge/ebt_log.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtLogInfo
{
    /// <summary>The log level: 0, the most severe, to 7.</summary>
    [KernelField("loglevel")]
    public byte Level;

    public PrefixText Prefix;

    /// <summary><c>EBT_LOG_*</c>.</summary>
    [KernelField("bitmask")]
    public uint Flags;

    /// <summary><c>__u8 prefix[30]</c>.</summary>
    [InlineArray(30)]
    public struct PrefixText
    {
        private byte _first;
    }
}
