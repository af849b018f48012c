using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Sharptables.Kernel;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>
/// The attributes that the kernel has for expressions, made of their text: that of <c>nft --debug=netlink</c>, with the exact bytes of data behind the bracket.
/// </summary>
internal static partial class ExpressionBytes
{
    private static readonly string[] s_metaKeys =
        ["len", "protocol", "priority", "mark", "iif", "oif", "iifname", "oifname", "iiftype", "oiftype", "skuid", "skgid", "nftrace", "rtclassid",
         "secmark", "nfproto", "l4proto", "ibriport", "obriport", "pkttype", "cpu", "iifgroup", "oifgroup", "cgroup", "random"];

    /// <summary>The data of <c>NFTA_RULE_EXPRESSIONS</c>.</summary>
    public static byte[] Of(IEnumerable<string> lines)
    {
        using NativeBuffer buffer = new(1 << 16);
        NetlinkWriter writer = new(buffer);
        int loaded = 0;
        foreach (string line in lines)
        {
            Match match = LinePattern().Match(line);
            string[] words = match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] data = match.Groups["data"].Value.Trim().Split('-', StringSplitOptions.RemoveEmptyEntries);
            loaded = words is ["payload", ..] ? int.Parse(words[2][..^1], CultureInfo.InvariantCulture) : words is ["meta", ..] ? sizeof(uint) : loaded;
            int element = writer.BeginNest(NfTables.List.Element);
            writer.PutText(NfTables.Expression.Name, words[0]);
            int nest = writer.BeginNest(NfTables.Expression.Data);
            Write(writer, words, data, loaded);
            writer.EndNest(nest);
            writer.EndNest(element);
        }

        return buffer.Bytes.ToArray();
    }

    private static void Write(NetlinkWriter writer, string[] words, string[] data, int loaded)
    {
        switch (words[0])
        {
            case "payload": // payload load 2b @ transport header + 0 => reg 1
                writer.Put(NfTables.Payload.Destination, Number(words[^1]));
                writer.Put(NfTables.Payload.Base, words[4] switch { "link" => 0u, "network" => 1, _ => 2 });
                writer.Put(NfTables.Payload.Offset, Number(words[7]));
                writer.Put(NfTables.Payload.Length, Number(words[2][..^1]));
                break;
            case "meta" when words[1] == "load": // meta load mark => reg 1
                writer.Put(NfTables.Meta.Key, (uint)Array.IndexOf(s_metaKeys, words[2]));
                writer.Put(NfTables.Meta.Destination, Number(words[^1]));
                break;
            case "meta": // meta set nftrace with reg 9
                writer.Put(NfTables.Meta.Key, (uint)Array.IndexOf(s_metaKeys, words[2]));
                writer.Put(NfTables.Meta.Source, Number(words[^1]));
                break;
            case "cmp": // cmp eq reg 1 0x00000006
                writer.Put(NfTables.Compare.Source, Number(words[3]));
                writer.Put(NfTables.Compare.Operation, (uint)Array.IndexOf(["eq", "neq", "lt", "lte", "gt", "gte"], words[1]));
                Put(writer, NfTables.Compare.Data, Convert.FromHexString(data[0]));
                break;
            case "range": // range eq reg 1 0x0000ed02 0x00000103
                writer.Put(NfTables.Range.Source, Number(words[3]));
                writer.Put(NfTables.Range.Operation, words[1] == "eq" ? 0u : 1);
                Put(writer, NfTables.Range.From, Convert.FromHexString(data[0]));
                Put(writer, NfTables.Range.To, Convert.FromHexString(data[1]));
                break;
            case "bitwise": // bitwise reg 1 = ( reg 1 & 0x0000ff00 ) ^ 0x00000000
                string text = string.Join(' ', words);
                byte[] mask = Words(text[(text.IndexOf('&', StringComparison.Ordinal) + 1)..text.IndexOf(')', StringComparison.Ordinal)]);
                byte[] xor = Words(text[(text.IndexOf('^', StringComparison.Ordinal) + 1)..]);
                writer.Put(NfTables.Bitwise.Source, Number(words[6]));
                writer.Put(NfTables.Bitwise.Destination, Number(words[2]));
                writer.Put(NfTables.Bitwise.Length, (uint)loaded);
                Put(writer, NfTables.Bitwise.Mask, mask.AsSpan(0, loaded));
                Put(writer, NfTables.Bitwise.Xor, xor.AsSpan(0, loaded));
                break;
            case "counter": // counter pkts 0 bytes 0
                writer.Put(NfTables.Counter.Bytes, ulong.Parse(words[4], CultureInfo.InvariantCulture));
                writer.Put(NfTables.Counter.Packets, ulong.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            case "match" or "target": // match name comment rev 0 info 256 2400...
                writer.PutText(NfTables.Extension.Name, words[2]);
                writer.Put(NfTables.Extension.Revision, Number(words[4]));
                writer.Put(NfTables.Extension.Info, words.Length > 7 ? Convert.FromHexString(words[7]) : []);
                break;
            case "immediate" when words[2] == "0": // immediate reg 0 jump -> chain
                writer.Put(NfTables.Immediate.Destination, 0u);
                int nest = writer.BeginNest(NfTables.Immediate.Data), verdict = writer.BeginNest(NfTables.Data.Verdict);
                int code = words[3] switch { "drop" => 0, "accept" => 1, "jump" => -3, "goto" => -4, _ => -5 };
                writer.Put(NfTables.Verdict.Code, (uint)code);
                if (words.Length > 4)
                {
                    writer.PutText(NfTables.Verdict.Chain, words[^1]);
                }

                writer.EndNest(verdict);
                writer.EndNest(nest);
                break;
            case "immediate": // immediate reg 9 0x00000001
                writer.Put(NfTables.Immediate.Destination, Number(words[2]));
                Put(writer, NfTables.Immediate.Data, Convert.FromHexString(data[0]));
                break;
            case "limit": // limit rate 5/minute burst 5 type packets flags 0x0
                string[] rate = words[2].Split('/');
                writer.Put(NfTables.Limit.Rate, ulong.Parse(rate[0], CultureInfo.InvariantCulture));
                writer.Put(NfTables.Limit.Unit, rate[1] switch { "second" => 1ul, "minute" => 60, "hour" => 3600, "day" => 86400, _ => 604800 });
                writer.Put(NfTables.Limit.Burst, Number(words[4]));
                writer.Put(NfTables.Limit.Type, words[6] == "packets" ? 0u : 1);
                writer.Put(NfTables.Limit.Flags, Convert.ToUInt32(words[8], 16));
                break;
            case "log": // log prefix abc group 1 snaplen 0 qthreshold 0
                WriteLog(writer, words);
                break;
            default:
                throw new NotSupportedException(string.Join(' ', words));
        }
    }

    private static void WriteLog(NetlinkWriter writer, string[] words)
    {
        for (int i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "prefix":
                    int end = Array.FindIndex(words, i, static word => word is "group" or "level");
                    writer.PutText(NfTables.Log.Prefix, string.Join(' ', words[(i + 1)..end]));
                    i = end - 1;
                    break;
                case "group":
                    writer.Put(NfTables.Log.Group, ushort.Parse(words[++i], CultureInfo.InvariantCulture));
                    break;
                case "snaplen" when words[++i] != "0":
                    writer.Put(NfTables.Log.SnapLength, Number(words[i]));
                    break;
                case "qthreshold" when words[++i] != "0":
                    writer.Put(NfTables.Log.QueueThreshold, ushort.Parse(words[i], CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    private static void Put(NetlinkWriter writer, ushort type, ReadOnlySpan<byte> value)
    {
        int nest = writer.BeginNest(type);
        writer.Put(NfTables.Data.Value, value);
        writer.EndNest(nest);
    }

    private static uint Number(string word) => uint.Parse(word, CultureInfo.InvariantCulture);

    private static byte[] Words(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[] bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), Convert.ToUInt32(words[i], 16));
        }

        return bytes;
    }

    [GeneratedRegex(@"^\s*\[ (?<words>.*) \](?<data>.*)$")]
    private static partial Regex LinePattern();
}
