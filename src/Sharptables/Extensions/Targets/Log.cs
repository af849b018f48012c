using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j LOG</c>.</summary>
internal sealed class Log : Target<LogInfo>
{
    /// <inheritdoc/>
    public override string Name => "LOG";

    /// <inheritdoc/>
    public override string Summary => "Logs the packet in the kernel's log, and goes on to the next rule.";

    public Log() => Options =
    [
        Option("log-prefix", new BoundedText<LogInfo.PrefixText>(1, "Newlines not allowed in --log-prefix", placeholder: "prefix"),
            (ref i) => ref i.Prefix, "The beginning of each line, up to 29 bytes.", when: static (in i) => i.Prefix[0] != 0, listed: Never),
        Option("log-level", new LevelSyntax(), (ref i) => ref i.Level, "The log level, 0 to 7 or by name (syslog.conf(5)).",
            absent: 4, listed: Never, helpRank: -1), // LOG_WARNING
        Flag("log-tcp-sequence", Bit((ref i) => ref i.Flags, 1 << 0), "Logs TCP sequence numbers.", label: " tcp-sequence"),
        Flag("log-tcp-options", Bit((ref i) => ref i.Flags, 1 << 1), "Logs the options of the TCP header.", label: " tcp-options"),
        Flag("log-ip-options", Bit((ref i) => ref i.Flags, 1 << 2), "Logs the options of the IP header.", label: " ip-options"),
        Flag("log-uid", Bit((ref i) => ref i.Flags, 1 << 3), "Logs the user who owns the packet's socket.", label: " uid"),
        Flag("log-macdecode", Bit((ref i) => ref i.Flags, 1 << 5), "Logs the link-layer addresses separately.", label: " macdecode"),
    ];

    /// <summary>Always with level and flags, as numbers or words; the prefix comes last, in quotes and unescaped.</summary>
    protected override void List(in LogInfo info, Output output, in Format format)
    {
        if (format.IsNumeric)
        {
            output.Write(" LOG flags "u8);
            output.WriteNumber((ulong)info.Flags);
            output.Write(" level "u8);
            output.WriteNumber((ulong)info.Level);
        }
        else
        {
            output.Write(" LOG level "u8);
            output.Write(LevelSyntax.ListedName(info.Level));
            ListOptions(info, output, format);
        }

        if (info.Prefix[0] != 0)
        {
            output.Write(" prefix \""u8);
            output.Write(BoundedText<LogInfo.PrefixText>.Text(info.Prefix));
            output.Write((byte)'"');
        }
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref LogInfo info)
    {
        if (statement is not Statement.KernelLog { Level: < 8, Prefix.Length: < 30, Flags: <= byte.MaxValue } log)
        {
            return false;
        }

        (info.Level, info.Flags) = ((byte)log.Level, (byte)log.Flags);
        log.Prefix.CopyTo((Span<byte>)info.Prefix);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in LogInfo info, NftText nft)
    {
        bool canSay = nft.TryWriteLog(BoundedText<LogInfo.PrefixText>.Text(info.Prefix), info.Level);
        string tcp = (info.Flags & 3) switch { 0 => "", 1 => " flags tcp sequence", 2 => " flags tcp options", _ => " flags tcp sequence,options" };
        return canSay && nft.Write(info.Flags == 0x2f ? " flags all"
            : $"{tcp}{((info.Flags & 4) == 0 ? "" : " flags ip options")}{((info.Flags & 8) == 0 ? "" : " flags skuid")}{((info.Flags & 32) == 0 ? "" : " flags ether")}");
    }

    /// <summary>A log level, by number or name (syslog(3)); saved as a number.</summary>
    private sealed class LevelSyntax : Syntax<byte>
    {
        private static readonly string[] s_names = ["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"];
        private static readonly string[] s_listed = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];

        public override string Placeholder => "level";

        public override IReadOnlyList<string> Choices => s_names;

        public static string ListedName(byte level) =>
            level < s_listed.Length ? s_listed[level] : level.ToString(CultureInfo.InvariantCulture);

        public override void Parse(in Argument argument, ref byte field)
        {
            if (Numerals.TryRead(argument.Text, 0, 7, out ulong number))
            {
                field = (byte)number;
                return;
            }

            for (int i = 0; i < s_names.Length; i++)
            {
                if (Ascii.Equals(argument.Text, s_names[i]) || (i == 0 && argument.Text.SequenceEqual("panic"u8)))
                {
                    field = (byte)i;
                    return;
                }
            }

            throw new UsageException($"log level \"{argument.Word}\" unknown\n");
        }

        public override void Write(in byte field, Output output, in Format format) => output.WriteNumber((ulong)field);
    }

    /// <inheritdoc/>
    protected override Fate? Act(in LogInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j LOG</c>.</summary>
[KernelStruct("struct xt_log_info", "linux/netfilter/xt_LOG.h")]
[StructLayout(LayoutKind.Sequential)]
public struct LogInfo
{
    /// <summary>The log level: 0, the most severe, to 7.</summary>
    public byte Level;

    /// <summary><c>XT_LOG_*</c>.</summary>
    [KernelField("logflags")]
    public byte Flags;

    /// <summary>The beginning of each line in the log.</summary>
    public PrefixText Prefix;

    /// <summary><c>char prefix[30]</c>.</summary>
    [InlineArray(30)]
    public struct PrefixText
    {
        private byte _first;
    }
}
