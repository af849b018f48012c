using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Testing;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Rules that nft(8) has put into the kernel, in a network namespace of their own, as the kernel gives them.</summary>
internal sealed class NftRules : IDisposable
{
    private readonly NetworkNamespace _namespace = new();
    private readonly byte _family;

    public NftRules(Family family) => _family = family == Family.IPv4 ? (byte)2 : (byte)10;

    public void Dispose() => _namespace.Dispose();

    /// <summary>Has nft read a file; gives what it complains about.</summary>
    public string Load(string commands)
    {
        string file = Path.Combine(Workspace.Temporary, Path.GetRandomFileName());
        File.WriteAllText(file, commands, Encoding.Latin1);
        CommandResult result = _namespace.Run(() => new Command("nft", "-f", file).Run());
        return result.Stderr;
    }

    /// <summary>Has a program of the C original read what iptables-save writes, and gives what it saves of it.</summary>
    public string Restore(string program, string saved) => _namespace.Run(() =>
    {
        CommandResult result = new Command($"{program}-restore") { Stdin = saved }.Run();
        return result.ExitStatus == 0 ? new Command($"{program}-save").Run().Stdout : result.Stderr;
    });

    /// <summary>The rules of a table: their expressions and what belongs to them beside.</summary>
    public List<(byte[] Expressions, byte[] UserData)> Read()
    {
        List<(byte[], byte[])> rules = [];
        foreach (byte[] message in Dump(NfTables.Message.GetRule, []))
        {
            rules.Add((
                NetlinkAttributes.Find(message, NfTables.Rule.Expressions).ToArray(),
                NetlinkAttributes.Find(message, NfTables.Rule.UserData).ToArray()));
        }

        return rules;
    }

    /// <summary>The elements of its anonymous sets.</summary>
    public SetElements Sets(string table)
    {
        const uint Anonymous = 1, Map = 8; // NFT_SET_*
        const uint IntervalEnd = 1; // NFT_SET_ELEM_INTERVAL_END
        Dictionary<string, IReadOnlyList<(byte[], byte[])>> sets = [];
        foreach (byte[] set in Dump(NfTables.Message.GetSet, Text(NfTables.Set.Table, table)))
        {
            uint flags = NetlinkAttributes.FindNumber(set, NfTables.Set.Flags);
            string name = Encoding.Latin1.GetString(NetlinkAttributes.Find(set, NfTables.Set.Name).TrimEnd((byte)0));
            if ((flags & Anonymous) == 0 || (flags & Map) != 0)
            {
                continue;
            }

            List<(byte[] Key, bool IsEnd)> elements = [];
            byte[] which = [.. Text(NfTables.SetElements.Table, table), .. Text(NfTables.SetElements.Set, name)];
            foreach (byte[] message in Dump(NfTables.Message.GetSetElement, which))
            {
                NetlinkAttributes each = new(NetlinkAttributes.Find(message, NfTables.SetElements.Elements));
                while (each.MoveNext())
                {
                    bool isEnd = (NetlinkAttributes.FindNumber(each.Data, NfTables.SetElement.Flags) & IntervalEnd) != 0;
                    elements.Add((NetlinkAttributes.Find(NetlinkAttributes.Find(each.Data, NfTables.SetElement.Key), NfTables.Data.Value).ToArray(), isEnd));
                }
            }

            sets[name] = Intervals(elements, (flags & 4) != 0);
        }

        return name => sets.GetValueOrDefault(Encoding.Latin1.GetString(name));
    }

    /// <summary>In a set of intervals an element is where one begins, or what is behind its end.</summary>
    private static List<(byte[], byte[])> Intervals(List<(byte[] Key, bool IsEnd)> elements, bool areIntervals)
    {
        if (!areIntervals)
        {
            return [.. elements.Select(static element => (element.Key, element.Key))];
        }

        List<(byte[], byte[])> intervals = [];
        byte[]? start = null;
        foreach ((byte[] key, bool isEnd) in elements.OrderBy(
            static element => Convert.ToHexString(element.Key) + (element.IsEnd ? "0" : "1"), StringComparer.Ordinal))
        {
            if (isEnd && start is not null)
            {
                byte[] last = [.. key];
                for (int i = last.Length - 1; i >= 0 && last[i]-- == 0; i--)
                {
                }

                intervals.Add((start, last));
            }

            start = isEnd ? null : key;
        }

        if (start is not null)
        {
            intervals.Add((start, [.. Enumerable.Repeat((byte)0xff, start.Length)]));
        }

        return intervals;
    }

    private List<byte[]> Dump(ushort message, byte[] attributes) => _namespace.Run(() =>
    {
        using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
        List<byte[]> messages = [];
        socket.BeginDump(message, [_family, 0, 0, 0, .. attributes]);
        while (socket.NextInDump(out ReadOnlySpan<byte> body))
        {
            messages.Add(body[4..].ToArray());
        }

        return messages;
    });

    private static byte[] Text(ushort type, string text)
    {
        using NativeBuffer bytes = new(256);
        new NetlinkWriter(bytes).PutText(type, text);
        return bytes.Bytes.ToArray();
    }
}
