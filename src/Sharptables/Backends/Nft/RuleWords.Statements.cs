using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>What rules do.</summary>
internal sealed partial class RuleWords
{
    /// <summary><c>NF_NAT_RANGE_*</c> (linux/netfilter/nf_nat.h).</summary>
    private static readonly (string Word, uint Flag)[] s_natFlags = [("random", 4), ("fully-random", 16), ("persistent", 8)];

    private static readonly string[] s_setOperations = ["add", "update", "delete"];

    private static readonly string?[] s_objects =
        [null, "counter name", "quota name", "ct helper set", "limit name", null, "tunnel name", "ct timeout set", "meta secmark set", "ct expectation set", "synproxy name"];

    private static string Rate(ulong seconds) => seconds switch
    {
        1 => "second",
        60 => "minute",
        3600 => "hour",
        86400 => "day",
        604800 => "week",
        _ => seconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>So many bytes in the largest unit: <c>5 kbytes</c>.</summary>
    private static string Bytes(ulong bytes) => bytes switch
    {
        > 0 when bytes % (1 << 20) == 0 => $"{bytes >> 20} mbytes",
        > 0 when bytes % (1 << 10) == 0 => $"{bytes >> 10} kbytes",
        _ => $"{bytes} bytes",
    };

    private static string VerdictText(ReadOnlySpan<byte> verdict)
    {
        int code = (int)Number(verdict, NfTables.Verdict.Code);
        return code switch
        {
            0 => "drop",
            1 => "accept",
            3 => "queue",
            NfTables.Verdict.Continue => "continue",
            -2 => "break",
            NfTables.Verdict.Jump => $"jump {Text(verdict, NfTables.Verdict.Chain)}",
            NfTables.Verdict.Goto => $"goto {Text(verdict, NfTables.Verdict.Chain)}",
            NfTables.Verdict.Return => "return",
            _ => code.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A value in a register, in words for what it is given to; null if nothing is known of it.</summary>
    private Term? Operand(uint register, Term to) => Take(register) switch
    {
        null => null,
        { Value: { } value } => new Term(_values.Of(to.Type, value.AsSpan(0, Math.Min(value.Length, (to.Bits + 7) / 8)), to.IsNetworkOrder, to.Bits), to.Type, to.Bits),
        { Lookup: { } lookup } term => new Term(lookup(value => _values.Of(to.Type, value, to.IsNetworkOrder, to.Bits)), to.Type, to.Bits) { Needs = term.Needs },
        var term => InWords(term),
    };

    private Term? Operand(ReadOnlySpan<byte> data, ushort register, NftType type, int bits) =>
        Operand(Number(data, register), new Term("", type, bits) { IsNetworkOrder = type != NftType.InterfaceIndex });

    private bool ReadImmediate(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> verdict = NetlinkAttributes.Find(NetlinkAttributes.Find(data, NfTables.Immediate.Data), NfTables.Data.Verdict);
        ReadOnlySpan<byte> value = Value(data, NfTables.Immediate.Data);
        return verdict.IsEmpty
            ? !value.IsEmpty && Put(Number(data, NfTables.Immediate.Destination), new Term("", NftType.Hex, value.Length * 8) { Value = value.ToArray() })
            : SayAlone(VerdictText(verdict));
    }

    private bool SetMeta(ReadOnlySpan<byte> data) => Terms.OfMeta(data) is { } term && Set(term, Number(data, NfTables.Meta.Source));

    private bool SetConnection(ReadOnlySpan<byte> data) => _terms.OfConnection(data) is { } term && Set(term, Number(data, NfTables.Ct.Source));

    private bool Set(Term term, uint register) => Operand(register, term) is { } value && Say($"{term.Text} set {value.Text}", value.Needs);

    private bool SetPayload(ReadOnlySpan<byte> data)
    {
        if (_terms.OfPayload(data) is not { } place)
        {
            return false;
        }

        uint register = Number(data, NfTables.Payload.Source);
        UInt128 all = UInt128.MaxValue >> (128 - place.Bits);
        if (Take(register) is { Place: var (_, offset), Change: var (mask, xor) } part && offset == place.Place!.Value.Offset && part.Bits == place.Bits
            && (mask & xor) == 0 && (place with { Change = (all & ~mask, 0) }).Named is { Place: null, Change: null } field)
        {
            return Say($"{field.Text} set {_values.Of(field.Type, xor >> field.Shift, field.Bits)}", field.Needs);
        }

        field = place.Named;
        return Operand(register, field) is { } value && Say($"{field.Text} set {value.Text}", [.. value.Needs, .. field.Needs]);
    }

    private bool SetExtensionHeader(ReadOnlySpan<byte> data)
    {
        if (_terms.OfExtensionHeader(data) is not { Place: var (header, _) } term)
        {
            return false;
        }

        if (!Has(data, NfTables.ExtensionHeader.Source))
        {
            return Say($"reset tcp option {header!.Name}");
        }

        Term field = term.Named;
        return Operand(Number(data, NfTables.ExtensionHeader.Source), field) is { } value && Say($"{field.Text} set {value.Text}", [.. value.Needs, .. term.Needs]);
    }

    private bool SayCounter(ReadOnlySpan<byte> data)
    {
        ulong packets = NetlinkAttributes.FindLongNumber(data, NfTables.Counter.Packets), bytes = NetlinkAttributes.FindLongNumber(data, NfTables.Counter.Bytes);
        return SayAlone(string.Create(CultureInfo.InvariantCulture, $"counter packets {packets} bytes {bytes}"));
    }

    private bool SayLimit(ReadOnlySpan<byte> data)
    {
        const uint Inverted = 1; // NFT_LIMIT_F_INV
        const uint UsualBurst = 5;
        ulong rate = NetlinkAttributes.FindLongNumber(data, NfTables.Limit.Rate), unit = NetlinkAttributes.FindLongNumber(data, NfTables.Limit.Unit);
        uint burst = Number(data, NfTables.Limit.Burst);
        bool isBytes = Number(data, NfTables.Limit.Type) != 0;
        string over = (Number(data, NfTables.Limit.Flags) & Inverted) != 0 ? "over " : "";
        string burstText = isBytes ? burst == 0 ? "" : $" burst {Bytes(burst)}" : burst is 0 or UsualBurst ? "" : $" burst {burst} packets";
        return SayAlone($"limit rate {over}{(isBytes ? Bytes(rate) : rate)}/{Rate(unit)}{burstText}");
    }

    private bool SayLog(ReadOnlySpan<byte> data)
    {
        const uint UsualLevel = 4; // LOG_WARNING
        const uint AllFlags = 0x2f; // NF_LOG_MASK without that of ulogd
        StringBuilder text = new("log");
        text.Append(Has(data, NfTables.Log.Prefix) ? $" prefix {NftValues.Quoted(NetlinkAttributes.FindText(data, NfTables.Log.Prefix), "")}" : "");
        if (Has(data, NfTables.Log.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $" group {Number(data, NfTables.Log.Group)}");
            text.Append(Has(data, NfTables.Log.SnapLength) ? $" snaplen {Number(data, NfTables.Log.SnapLength)}" : "");
            text.Append(Number(data, NfTables.Log.QueueThreshold) is not 0 and var threshold ? $" queue-threshold {threshold}" : "");
        }

        uint flags = Number(data, NfTables.Log.Flags);
        text.Append(Has(data, NfTables.Log.Level) && Number(data, NfTables.Log.Level) is not UsualLevel and var level
            ? $" level {_values.Of(NftType.LogLevel, level, 32)}" : "");
        if ((flags & AllFlags) == AllFlags)
        {
            return Say(text.Append(" flags all").ToString());
        }

        text.Append((flags & 3) switch { 1 => " flags tcp sequence", 2 => " flags tcp options", 3 => " flags tcp sequence,options", _ => "" });
        text.Append((flags & 4) != 0 ? " flags ip options" : "").Append((flags & 8) != 0 ? " flags skuid" : "").Append((flags & 0x20) != 0 ? " flags ether" : "");
        return Say(text.ToString());
    }

    private bool SayReject(ReadOnlySpan<byte> data)
    {
        const uint TcpReset = 1, Any = 2; // NFT_REJECT_*
        byte code = NetlinkAttributes.Find(data, NfTables.Reject.Code) is [var first, ..] ? first : (byte)0;
        switch (Number(data, NfTables.Reject.Type))
        {
            case TcpReset:
                return Say("reject with tcp reset", ["meta l4proto tcp"]);
            case Any:
                return Say(code == 1 ? "reject" : $"reject with icmpx {_values.Of(NftType.IcmpxCode, code, 8)}");
            default:
                bool isIPv6 = _protocols.Network() == NftFamily.IPv6;
                string text = isIPv6 ? $"icmpv6 {_values.Of(NftType.Icmp6Code, code, 8)}" : $"icmp {_values.Of(NftType.IcmpCode, code, 8)}";
                bool isUsual = _family is NftFamily.IPv4 or NftFamily.IPv6 && code == (isIPv6 ? 4 : 3);
                return Say(isUsual ? "reject" : $"reject with {text}", _protocols.Network(isIPv6 ? "ip6" : "ip", isBehind: false));
        }
    }

    private bool SayNat(ReadOnlySpan<byte> data)
    {
        const uint Prefix = 1 << 6; // NF_NAT_RANGE_NETMAP
        uint of = Number(data, NfTables.Nat.Family), flags = Number(data, NfTables.Nat.Flags);
        string kind = Number(data, NfTables.Nat.Type) == 0 ? "snat" : "dnat";
        bool hasAddress = Has(data, NfTables.Nat.FirstAddress);
        string called = _family == NftFamily.Inet && hasAddress ? of == NftFamily.IPv6 ? " ip6" : " ip" : "";
        string prefix = (flags & Prefix) != 0 ? " prefix" : "";
        string text = "";
        List<string> needs = [];
        int bits = of == NftFamily.IPv6 ? 128 : 32;
        Term addressTerm = new("", NftType.Address, bits) { IsNetworkOrder = true };
        if (hasAddress && Take(Number(data, NfTables.Nat.FirstAddress)) is { Lookup: { } lookup } map)
        {
            // The map may have the port behind the address, or the last address of a prefix behind the first.
            bool hasPort = Has(data, NfTables.Nat.FirstPort), isRange = (flags & Prefix) != 0;
            int end = bits / 8;
            string what = of == NftFamily.IPv6 ? " ip6" : " ip";
            string found = lookup(value => value.Length <= end ? _values.Of(NftType.Address, value, true, bits)
                : isRange ? Interval(addressTerm, value[..end], value[end..])
                : $"{_values.Of(NftType.Address, value[..end], true, bits)} . {_values.Of(NftType.Number, value.Slice(end, 2), true, 16)}");
            return Say($"{kind}{(hasPort ? $"{what} addr . port" : isRange ? $"{what} prefix" : called)} to {found}{NatFlags(flags)}", map.Needs);
        }

        if (hasAddress)
        {
            if (Range(data, NfTables.Nat.FirstAddress, NfTables.Nat.LastAddress, NftType.Address, bits, needs) is not { } address)
            {
                return false;
            }

            text = of == NftFamily.IPv6 && Has(data, NfTables.Nat.FirstPort) ? $"[{address.Replace("-", "]-[", StringComparison.Ordinal)}]" : address;
        }

        if (Has(data, NfTables.Nat.FirstPort))
        {
            if (Range(data, NfTables.Nat.FirstPort, NfTables.Nat.LastPort, NftType.Number, 16, needs) is not { } ports)
            {
                return false;
            }

            text += $":{ports}";
        }

        return text.Length > 0 && Say($"{kind}{called}{prefix} to {text}{NatFlags(flags)}", needs);
    }

    /// <summary>One value, or those from one to another; null if nothing is known of them.</summary>
    private string? Range(ReadOnlySpan<byte> data, ushort first, ushort last, NftType type, int bits, List<string> needs)
    {
        if (Operand(data, first, type, bits) is not { } from)
        {
            return null;
        }

        needs.AddRange(from.Needs);
        if (!Has(data, last) || Number(data, last) == Number(data, first))
        {
            return from.Text;
        }

        if (Operand(data, last, type, bits) is not { } to)
        {
            return null;
        }

        bool isPrefix = type == NftType.Address && Take(Number(data, first)) is { Value: { } lowest } && Take(Number(data, last)) is { Value: { } greatest }
            && lowest.Length == greatest.Length && (Number(data, NfTables.Nat.Flags) & (1 << 6)) != 0;
        return isPrefix
            ? Interval(new Term("", type, bits) { IsNetworkOrder = true }, Take(Number(data, first))!.Value, Take(Number(data, last))!.Value)
            : from.Text == to.Text ? from.Text : $"{from.Text}-{to.Text}";
    }

    private static string NatFlags(uint flags)
    {
        List<string> words = [];
        foreach ((string word, uint flag) in s_natFlags)
        {
            if ((flags & flag) != 0)
            {
                words.Add(word);
            }
        }

        return words.Count == 0 ? "" : $" {string.Join(',', words)}";
    }

    private bool SayPorts(string kind, ReadOnlySpan<byte> data, ushort first, ushort last, ushort flags)
    {
        List<string> needs = [];
        string? ports = Has(data, first) ? Range(data, first, last, NftType.Number, 16, needs) : "";
        return ports is not null && Say($"{kind}{(ports.Length > 0 ? $" to :{ports}" : "")}{NatFlags(Number(data, flags))}", needs);
    }

    private bool SayTransparentProxy(ReadOnlySpan<byte> data)
    {
        uint of = Number(data, NfTables.TransparentProxy.Family);
        string called = _family == NftFamily.Inet && of is NftFamily.IPv4 or NftFamily.IPv6 ? of == NftFamily.IPv6 ? " ip6" : " ip" : "";
        Term? address = Has(data, NfTables.TransparentProxy.Address)
            ? Operand(data, NfTables.TransparentProxy.Address, NftType.Address, of == NftFamily.IPv6 ? 128 : 32) : new Term("", NftType.Address, 32);
        Term? port = Has(data, NfTables.TransparentProxy.Port) ? Operand(data, NfTables.TransparentProxy.Port, NftType.Number, 16) : new Term("", NftType.Number, 16);
        if (address is null || port is null)
        {
            return false;
        }

        string host = of == NftFamily.IPv6 && address.Text.Length > 0 ? $"[{address.Text}]" : address.Text;
        return Say($"tproxy{called} to {host}{(port.Text.Length > 0 ? $":{port.Text}" : "")}", [.. address.Needs, .. port.Needs]);
    }

    private bool SayDuplicate(ReadOnlySpan<byte> data)
    {
        int bits = _protocols.Network() == NftFamily.IPv6 ? 128 : 32;
        Term? device = Has(data, NfTables.Duplicate.Device) ? Operand(data, NfTables.Duplicate.Device, NftType.InterfaceIndex, 32) : null;
        if (!Has(data, NfTables.Duplicate.Address))
        {
            return device is not null && Say($"dup to {device.Text}", device.Needs);
        }

        return Operand(data, NfTables.Duplicate.Address, NftType.Address, bits) is { } address && Has(data, NfTables.Duplicate.Device) == device is not null
            && Say($"dup to {address.Text}{(device is null ? "" : $" device {device.Text}")}", [.. address.Needs, .. device?.Needs ?? []]);
    }

    private bool SayForward(ReadOnlySpan<byte> data)
    {
        uint of = Number(data, NfTables.Forward.Family);
        if (Operand(data, NfTables.Forward.Device, NftType.InterfaceIndex, 32) is not { } device)
        {
            return false;
        }

        if (!Has(data, NfTables.Forward.Address))
        {
            return Say($"fwd to {device.Text}", device.Needs);
        }

        return Operand(data, NfTables.Forward.Address, NftType.Address, of == NftFamily.IPv6 ? 128 : 32) is { } address
            && Say($"fwd {(of == NftFamily.IPv6 ? "ip6" : "ip")} to {address.Text} device {device.Text}", [.. address.Needs, .. device.Needs]);
    }

    private bool SayQueue(ReadOnlySpan<byte> data)
    {
        uint flags = Number(data, NfTables.Queue.Flags), first = Number(data, NfTables.Queue.Number), total = Number(data, NfTables.Queue.Total);
        string words = (flags & 3) switch { 1 => " flags bypass", 2 => " flags fanout", 3 => " flags bypass,fanout", _ => "" };
        if (Has(data, NfTables.Queue.Source))
        {
            return Take(Number(data, NfTables.Queue.Source)) is { } term && Operand(data, NfTables.Queue.Source, NftType.Number, 16) is { } number
                && Say($"queue{words} to {number.Text}", term.Needs);
        }

        return Say(string.Create(CultureInfo.InvariantCulture, $"queue{words} to {first}{(total > 1 ? $"-{first + total - 1}" : "")}"));
    }

    private bool SayQuota(ReadOnlySpan<byte> data)
    {
        const uint Over = 1; // NFT_QUOTA_F_INV
        ulong used = NetlinkAttributes.FindLongNumber(data, NfTables.Quota.Consumed);
        string over = (Number(data, NfTables.Quota.Flags) & Over) != 0 ? "over " : "";
        return Say($"quota {over}{Bytes(NetlinkAttributes.FindLongNumber(data, NfTables.Quota.Bytes))}{(used == 0 ? "" : $" used {Bytes(used)}")}");
    }

    private bool SayConnectionLimit(ReadOnlySpan<byte> data)
    {
        const uint Over = 1; // NFT_CONNLIMIT_F_INV
        string over = (Number(data, NfTables.ConnectionLimit.Flags) & Over) != 0 ? "over " : "";
        return Say(string.Create(CultureInfo.InvariantCulture, $"ct count {over}{Number(data, NfTables.ConnectionLimit.Count)}"));
    }

    private bool SaySynProxy(ReadOnlySpan<byte> data)
    {
        const uint SegmentSize = 1, WindowScale = 2, SackPermitted = 4, Timestamp = 8; // NF_SYNPROXY_OPT_*
        uint flags = Number(data, NfTables.SynProxy.Flags);
        string text = "synproxy";
        text += (flags & SegmentSize) != 0 ? $" mss {Number(data, NfTables.SynProxy.SegmentSize)}" : "";
        text += (flags & WindowScale) != 0 ? $" wscale {Number(data, NfTables.SynProxy.WindowScale)}" : "";
        text += (flags & Timestamp) != 0 ? " timestamp" : "";
        text += (flags & SackPermitted) != 0 ? " sack-perm" : "";
        return Say(text);
    }

    private bool SayObject(ReadOnlySpan<byte> data)
    {
        if (Has(data, NfTables.ObjectReference.Set))
        {
            return false; // a map of objects
        }

        uint kind = Number(data, NfTables.ObjectReference.Kind);
        return kind < s_objects.Length && s_objects[kind] is { } words && Say($"{words} \"{Text(data, NfTables.ObjectReference.Name)}\"");
    }

    private bool SayDynamicSet(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> name = NetlinkAttributes.FindText(data, NfTables.DynamicSet.Set);
        List<Term> key = TakeAll(Number(data, NfTables.DynamicSet.KeySource), _sets?.Invoke(name)?.KeyLength ?? 1);
        uint operation = Number(data, NfTables.DynamicSet.Operation);
        if (key.Count == 0 || operation >= s_setOperations.Length || Has(data, NfTables.DynamicSet.DataSource))
        {
            return false; // of a map the type of the values is not known
        }

        StringBuilder text = new($"{s_setOperations[operation]} @{Encoding.Latin1.GetString(name)} {{ {Joined(key)}");
        ulong timeout = NetlinkAttributes.FindLongNumber(data, NfTables.DynamicSet.Timeout);
        text.Append(timeout > 0 ? $" timeout {NftValues.Duration(timeout)}" : "");
        if (NetlinkAttributes.Find(data, NfTables.DynamicSet.Expression) is { IsEmpty: false } one && !Append(one))
        {
            return false;
        }

        NetlinkAttributes each = new(NetlinkAttributes.Find(data, NfTables.DynamicSet.Expressions));
        while (each.MoveNext())
        {
            if (!Append(each.Data))
            {
                return false;
            }
        }

        return Say(text.Append(" }").ToString(), NeedsOf(key));

        // What each element has of its own.
        bool Append(ReadOnlySpan<byte> expression)
        {
            int before = _statements.Count;
            List<string> unsaid = [.. _unsaid];
            _unsaid.RemoveRange(0, Math.Max(_unsaid.Count - 1, 0));
            bool isRead = Read(NetlinkAttributes.FindText(expression, NfTables.Expression.Name), NetlinkAttributes.Find(expression, NfTables.Expression.Data));
            _unsaid.AddRange(unsaid);
            if (isRead)
            {
                text.Append(' ').Append(_statements[^1].Replace(" packets 0 bytes 0", "", StringComparison.Ordinal));
                _statements.RemoveRange(before, _statements.Count - before);
            }

            return isRead;
        }
    }
}
