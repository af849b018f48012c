using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Writes expressions of nf_tables as <c>nft --debug=netlink</c> does: <c>[ meta load mark => reg 1 ]</c>.</summary>
/// <param name="output">Where to write.</param>
internal sealed class ExpressionText(Output output)
{
    private const string Bases = "link network transport inner"; // from 0 on, as all of these

    private const string MetaKeys = "len protocol priority mark iif oif iifname oifname iiftype oiftype skuid skgid nftrace rtclassid "
        + "secmark nfproto l4proto bri_iifname bri_oifname pkttype cpu iifgroup oifgroup cgroup prandom secpath "
        + "iifkind oifkind bri_iifpvid bri_iifvproto time day hour sdif sdifname broute";

    private const string ConnectionKeys = "state direction status mark secmark expiration helper l3protocol src dst protocol proto_src proto_dst "
        + "label packets bytes avgpkt zone event src_ip dst_ip src_ip6 dst_ip6 id";

    private const string ExtensionHeaders = "exthdr tcpopt ipopt sctp dccpopt";
    private const string Operators = "eq neq lt lte gt gte";

    /// <summary>
    /// Whether what nft(8) leaves out stands behind an expression: the payload of a match or target, and the bytes of a value, of which it shows
    /// whole words.
    /// </summary>
    public bool IsWhole { get; init; }

    /// <summary>Writes the expressions of a rule, each with a line end.</summary>
    /// <param name="expressions">The attribute <c>NFTA_RULE_EXPRESSIONS</c>.</param>
    /// <param name="indent">What is written in front of each.</param>
    public void WriteLines(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> indent)
    {
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            output.Write(indent);
            Write(each);
            output.Write((byte)'\n');
        }
    }

    /// <summary>Writes the expression at which a walk is.</summary>
    public void Write(scoped in ExpressionList expression)
    {
        ReadOnlySpan<byte> data = expression.Data;
        output.Write("[ "u8);
        output.Write(expression.Name);
        ReadOnlySpan<byte> value = default, second = default;
        switch (expression.Kind)
        {
            case ExpressionKind.Payload:
                WritePayload(data);
                break;
            case ExpressionKind.Meta:
                WriteKey(data, MetaKeys, NfTables.Meta.Destination, NfTables.Meta.Key, NfTables.Meta.Source);
                break;
            case ExpressionKind.Ct:
                WriteKey(data, ConnectionKeys, NfTables.Ct.Destination, NfTables.Ct.Key, NfTables.Ct.Source);
                output.Write(Has(data, NfTables.Ct.Direction) ? Number(data, NfTables.Ct.Direction) == 0 ? " , dir original" : " , dir reply" : "");
                break;
            case ExpressionKind.ExtensionHeader:
                WriteExtensionHeader(data);
                break;
            case ExpressionKind.Compare:
                value = Value(data, NfTables.Compare.Data);
                output.Write($" {Name(Operators, Number(data, NfTables.Compare.Operation))} reg {Number(data, NfTables.Compare.Source)}{Words(value)}");
                break;
            case ExpressionKind.Range:
                value = Value(data, NfTables.Range.From);
                second = Value(data, NfTables.Range.To);
                output.Write($" {Name(Operators, Number(data, NfTables.Range.Operation))} reg {Number(data, NfTables.Range.Source)}{Words(value)}{Words(second)}");
                break;
            case ExpressionKind.Bitwise:
                WriteBitwise(data);
                break;
            case ExpressionKind.ByteOrder:
                uint into = Number(data, NfTables.ByteOrder.Destination), size = Number(data, NfTables.ByteOrder.Size);
                output.Write($" reg {into} = {(Number(data, NfTables.ByteOrder.Operation) == 0 ? "ntoh" : "hton")}(reg {Number(data, NfTables.ByteOrder.Source)}, ");
                output.Write($"{size}, {Number(data, NfTables.ByteOrder.Length)})");
                break;
            case ExpressionKind.Immediate:
                value = Value(data, NfTables.Immediate.Data);
                output.Write($" reg {Number(data, NfTables.Immediate.Destination)}{Words(value)}");
                WriteVerdict(NetlinkAttributes.Find(NetlinkAttributes.Find(data, NfTables.Immediate.Data), NfTables.Data.Verdict));
                break;
            case ExpressionKind.Lookup:
                output.Write($" reg {Number(data, NfTables.Lookup.Source)} set ");
                output.Write(Text(data, NfTables.Lookup.Set));
                output.Write(Has(data, NfTables.Lookup.Destination) ? $" dreg {Number(data, NfTables.Lookup.Destination)}" : "");
                output.Write($" 0x{Number(data, NfTables.Lookup.Flags):x}");
                break;
            case ExpressionKind.Counter:
                output.Write($" pkts {LongNumber(data, NfTables.Counter.Packets)} bytes {LongNumber(data, NfTables.Counter.Bytes)}");
                break;
            case ExpressionKind.Limit:
                output.Write($" rate {LongNumber(data, NfTables.Limit.Rate)}/{TimeUnit(LongNumber(data, NfTables.Limit.Unit))} burst ");
                output.Write($"{Number(data, NfTables.Limit.Burst)} type {(Number(data, NfTables.Limit.Type) == 0 ? "packets" : "bytes")} ");
                output.Write($"flags 0x{Number(data, NfTables.Limit.Flags):x}");
                break;
            case ExpressionKind.Queue:
                output.Write($" num {Number(data, NfTables.Queue.Number)}");
                break;
            case ExpressionKind.Log:
                WriteLog(data);
                break;
            case ExpressionKind.Match or ExpressionKind.Target:
                value = NetlinkAttributes.Find(data, NfTables.Extension.Info);
                output.Write(" name "u8);
                output.Write(Text(data, NfTables.Extension.Name));
                output.Write($" rev {Number(data, NfTables.Extension.Revision)}");
                output.Write(IsWhole ? $" info {value.Length} {Convert.ToHexStringLower(value)}" : "");
                value = default;
                break;
            default:
                WriteAttributes(data);
                break;
        }

        output.Write(" ]"u8);
        if (IsWhole && !value.IsEmpty)
        {
            output.Write($" {Convert.ToHexStringLower(value)}");
            output.Write(second.IsEmpty ? "" : $"-{Convert.ToHexStringLower(second)}");
        }
    }

    private static bool Has(ReadOnlySpan<byte> attributes, ushort type) => !NetlinkAttributes.Find(attributes, type).IsEmpty;

    private static uint Number(ReadOnlySpan<byte> attributes, ushort type) => NetlinkAttributes.FindNumber(attributes, type);

    private static ulong LongNumber(ReadOnlySpan<byte> attributes, ushort type) => NetlinkAttributes.FindLongNumber(attributes, type);

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> attributes, ushort type) => NetlinkAttributes.FindText(attributes, type);

    /// <summary>The bytes of a value in an attribute.</summary>
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> attributes, ushort type) =>
        NetlinkAttributes.Find(NetlinkAttributes.Find(attributes, type), NfTables.Data.Value);

    private static string Name(string names, uint number) =>
        names.Split(' ') is { } each && number < each.Length ? each[number] : number.ToString(CultureInfo.InvariantCulture);

    private static string TimeUnit(ulong seconds) => seconds switch
    {
        1 => "second",
        60 => "minute",
        3600 => "hour",
        86400 => "day",
        604800 => "week",
        _ => seconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Bytes as 32-bit words in the machine's byte order, each with a leading blank.</summary>
    private static string Words(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        Span<byte> word = stackalloc byte[sizeof(uint)];
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(word.Length, bytes.Length)..])
        {
            word.Clear();
            bytes[..Math.Min(word.Length, bytes.Length)].CopyTo(word);
            text.Append(CultureInfo.InvariantCulture, $" 0x{BinaryPrimitives.ReadUInt32LittleEndian(word):x8}");
        }

        return text.ToString();
    }

    private void WritePayload(ReadOnlySpan<byte> data)
    {
        string place = $"{Number(data, NfTables.Payload.Length)}b @ {Name(Bases, Number(data, NfTables.Payload.Base))} header + {Number(data, NfTables.Payload.Offset)}";
        output.Write(Has(data, NfTables.Payload.Source)
            ? $" write reg {Number(data, NfTables.Payload.Source)} => {place}"
            : $" load {place} => reg {Number(data, NfTables.Payload.Destination)}");
    }

    private void WriteKey(ReadOnlySpan<byte> data, string keys, ushort into, ushort key, ushort from)
    {
        string name = Name(keys, Number(data, key));
        output.Write(Has(data, from) ? $" set {name} with reg {Number(data, from)}" : $" load {name} => reg {Number(data, into)}");
    }

    private void WriteExtensionHeader(ReadOnlySpan<byte> data)
    {
        string header = Name(ExtensionHeaders, Number(data, NfTables.ExtensionHeader.Operation));
        string place = $"{Number(data, NfTables.ExtensionHeader.Length)}b @ {Number(data, NfTables.ExtensionHeader.Type)} + {Number(data, NfTables.ExtensionHeader.Offset)}";
        string present = Number(data, NfTables.ExtensionHeader.Flags) != 0 ? " present" : "";
        output.Write(Has(data, NfTables.ExtensionHeader.Source)
            ? $" write {header} reg {Number(data, NfTables.ExtensionHeader.Source)} => {place}"
            : $" load {header} {place}{present} => reg {Number(data, NfTables.ExtensionHeader.Destination)}");
    }

    private void WriteBitwise(ReadOnlySpan<byte> data)
    {
        uint from = Number(data, NfTables.Bitwise.Source), operation = Number(data, NfTables.Bitwise.Operation);
        output.Write($" reg {Number(data, NfTables.Bitwise.Destination)} = ( reg {from} ");
        output.Write(operation switch
        {
            0 => $"&{Words(Value(data, NfTables.Bitwise.Mask))} ) ^{Words(Value(data, NfTables.Bitwise.Xor))}",
            1 => $"<<{Words(Value(data, NfTables.Bitwise.Data))} )",
            2 => $">>{Words(Value(data, NfTables.Bitwise.Data))} )",
            _ => $"{operation}{Words(Value(data, NfTables.Bitwise.Data))} )",
        });
    }

    private void WriteVerdict(ReadOnlySpan<byte> verdict)
    {
        if (verdict.IsEmpty)
        {
            return;
        }

        int code = (int)Number(verdict, NfTables.Verdict.Code);
        output.Write(code switch
        {
            0 => " drop",
            1 => " accept",
            3 => " queue",
            -1 => " continue",
            -2 => " break",
            NfTables.Verdict.Jump => " jump -> ",
            NfTables.Verdict.Goto => " goto -> ",
            NfTables.Verdict.Return => " return",
            _ => $" {code}",
        });
        output.Write(Text(verdict, NfTables.Verdict.Chain));
    }

    private void WriteLog(ReadOnlySpan<byte> data)
    {
        if (Has(data, NfTables.Log.Prefix))
        {
            output.Write(" prefix "u8);
            output.Write(Text(data, NfTables.Log.Prefix));
        }

        output.Write(Has(data, NfTables.Log.Group)
            ? $" group {Number(data, NfTables.Log.Group)} snaplen {Number(data, NfTables.Log.SnapLength)} qthreshold {Number(data, NfTables.Log.QueueThreshold)}"
            : $" level {Number(data, NfTables.Log.Level)} flags 0x{Number(data, NfTables.Log.Flags):x}");
    }

    /// <summary>An expression of another kind: its attributes by number, each with its bytes.</summary>
    private void WriteAttributes(ReadOnlySpan<byte> data)
    {
        NetlinkAttributes each = new(data);
        while (each.MoveNext())
        {
            output.Write($" {each.Type}:{Convert.ToHexStringLower(each.Data)}");
        }
    }
}
