using System;
using Sharptables.Packets;

namespace Sharptables.Formats.Nft;

/// <summary>The words of statements.</summary>
internal sealed partial class NftText
{
    private static readonly (string Word, uint Flag)[] s_natFlags = [("random", 4), ("fully-random", 16), ("persistent", 8)];
    private static readonly string[] s_levels = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"]; // syslog(3)
    private const byte DefaultLevel = 4;
    private static readonly (string Word, uint Flag)[] s_queueFlags = [("bypass", 1), ("fanout", 2)];

    /// <summary>Writes a statement; false when nft(8) has no words for it.</summary>
    public bool TryWrite(Statement statement)
    {
        switch (statement)
        {
            case Statement.Limit limit:
                string unit = limit.Seconds switch { 1 => "second", 60 => "minute", 3600 => "hour", 86400 => "day", _ => "week" };
                output.Write($" limit rate {limit.Packets}/{unit}");
                return Write(limit.Burst == 0 ? "" : $" burst {limit.Burst} packets");
            case Statement.Log log:
                output.Write(" log"u8);
                bool canSay = log.Prefix.Length == 0 || TryWritePrefix(log.Prefix);
                output.Write(log.Length is { } length ? $" snaplen {length}" : "");
                output.Write(log.Threshold == 0 ? "" : $" queue-threshold {log.Threshold}");
                output.Write($" group {log.Group}");
                return canSay;
            case Statement.Set { Key: MetaKey.Nftrace } trace:
                return Write($" nftrace set {trace.Value}");
            case Statement.Set { Key: MetaKey.Mark } mark:
                return Write($" meta mark set 0x{mark.Value:x}");
            case Statement.Reject { Code: null }:
                return Write(" reject with tcp reset");
            case Statement.Reject reject:
                return TryWriteReject(reject.Code.Value);
            case Statement.Nat nat:
                Write(nat);
                return nat.First.AsSpan().SequenceCompareTo(nat.Last) <= 0 && (nat.Ports is null || HasProtocol); // nft wants to know whose ports
            case Statement.Queue queue:
                output.Write($" queue num {queue.First}");
                output.Write(queue.Last == queue.First ? "" : $"-{queue.Last}");
                WriteFlags(s_queueFlags, queue.Flags);
                return true;
            case Statement.Duplicate copy:
                output.Write(" dup to "u8);
                WriteAddress(copy.Gateway);
                return copy.Device.Length == 0 || TryWriteDevice(copy.Device);
            case Statement.NoTrack:
                return Write(" notrack");
            case Statement.Quota quota:
                return Write($" quota {(quota.IsOver ? "over " : "")}{quota.Bytes} bytes") && quota.Bytes <= long.MaxValue;
            default:
                return false;
        }
    }

    /// <summary>Writes the prefix of a log: nft(8) takes what follows a dollar sign for a name.</summary>
    public bool TryWritePrefix(ReadOnlySpan<byte> prefix) => TryWriteQuoted(" prefix ", prefix) && !prefix.Contains((byte)'$');

    /// <summary>Writes a line in the kernel's log, without its flags.</summary>
    public bool TryWriteLog(ReadOnlySpan<byte> prefix, byte level)
    {
        output.Write(" log"u8);
        bool canSay = prefix.IsEmpty || TryWritePrefix(prefix);
        output.Write(level == DefaultLevel ? "" : $" level {s_levels[level]}");
        return canSay;
    }

    /// <summary>Writes how a mark becomes another: the bits of the mask are cleared, then those of the value are flipped.</summary>
    /// <param name="of">The mark.</param>
    /// <param name="value">The value.</param>
    /// <param name="mask">The mask.</param>
    public static string ChangeOf(string of, uint value, uint mask) =>
        mask == uint.MaxValue ? $"0x{value:x}"
        : value == 0 ? $"{of} and 0x{~mask:x}"
        : value == mask ? $"{of} or 0x{value:x}"
        : mask == 0 ? $"{of} xor 0x{value:x}"
        : $"{of} and 0x{~mask:x} xor 0x{value:x}";

    private bool TryWriteReject(byte code)
    {
        FieldType type = family.HasColonsInAddresses ? FieldType.Icmp6Code : FieldType.IcmpCode;
        foreach ((string word, byte value) in NftWords.Of(type))
        {
            if (code == value)
            {
                return Write(word == NftWords.PortUnreachable ? " reject" : $" reject with {(type is FieldType.IcmpCode ? "icmp" : "icmpv6")} type {word}");
            }
        }

        return false;
    }

    private void Write(Statement.Nat nat)
    {
        output.Write(nat.Kind switch
        {
            AddressTranslation.Snat => " snat",
            AddressTranslation.Dnat => " dnat",
            AddressTranslation.Masquerade => " masquerade",
            _ => " redirect",
        });
        bool hasBrackets = family.HasColonsInAddresses && nat.Ports is not null && nat.First.Length > 0;
        if (nat.First.Length > 0 || nat.Ports is not null)
        {
            output.Write(hasBrackets ? " to [" : " to ");
        }

        if (nat.First.Length > 0)
        {
            WriteAddress(nat.First);
            if (!nat.First.AsSpan().SequenceEqual(nat.Last))
            {
                output.Write(hasBrackets && !SaysAsOriginal ? "]-[" : "-");
                WriteAddress(nat.Last);
            }
        }

        if (nat.Ports is { } ports)
        {
            output.Write(hasBrackets ? "]:" : ":");
            output.Write(ports.First == ports.Last ? $"{ports.First}" : $"{ports.First}-{ports.Last}");
        }

        WriteFlags(s_natFlags, nat.Flags);
    }

    private bool TryWriteDevice(ReadOnlySpan<byte> device)
    {
        if (!NftWords.IsName(device))
        {
            return TryWriteQuoted(" device ", device);
        }

        output.Write(" device "u8);
        output.Write(device);
        return true;
    }

    private void WriteFlags((string Word, uint Flag)[] words, uint flags)
    {
        string before = " ";
        foreach ((string word, uint flag) in words)
        {
            if ((flags & flag) != 0)
            {
                output.Write(before);
                output.Write(word);
                before = ",";
            }
        }
    }
}
