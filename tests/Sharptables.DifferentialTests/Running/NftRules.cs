using System.Globalization;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.DifferentialTests.Running;

/// <summary>What nf_tables holds for iptables and its kin in the calling thread's namespace, as text: every attribute of every rule, but its handle.</summary>
public static class NftRules
{
    private const int HeadSize = 4; // struct nfgenmsg

    /// <summary>The chains in the order of their names, each a line, and below it its rules.</summary>
    /// <param name="counters">Whether rules' counters belong to it; not where packets have passed.</param>
    public static IReadOnlyList<string> Read(bool counters)
    {
        using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
        SortedDictionary<string, (string Kind, List<string> Rules)> chains = new(StringComparer.Ordinal);
        foreach (byte family in (ReadOnlySpan<byte>)[2, 3, 7, 10])
        {
            Dump(socket, NfTables.Message.GetChain, family, chain =>
            {
                string hook = Hex(NetlinkAttributes.Find(chain, NfTables.Chain.Hook));
                string kind = hook.Length == 0 ? "of a user" : $"{Text(chain, NfTables.Chain.Type)} hook {hook} policy {NetlinkAttributes.FindNumber(chain, NfTables.Chain.Policy)}";
                chains[$"{family} {Text(chain, NfTables.Chain.Table)} {Text(chain, NfTables.Chain.Name)}"] = (kind, []);
            });
            List<string> sets = [];
            Dump(socket, NfTables.Message.GetSet, family, set =>
            {
                string kind = $"flags {NetlinkAttributes.FindNumber(set, NfTables.Set.Flags)} type {NetlinkAttributes.FindNumber(set, NfTables.Set.KeyType)}";
                chains[$"{family} {Text(set, NfTables.Set.Table)} {Text(set, NfTables.Set.Name)}"] = (kind, []);
                sets.Add($"{Text(set, NfTables.Set.Table)} {Text(set, NfTables.Set.Name)}");
            });
            foreach (string set in sets)
            {
                string[] names = set.Split(' ');
                using NativeBuffer request = new(1 << 10);
                NetlinkWriter writer = new(request);
                writer.PutText(NfTables.SetElements.Table, names[0]);
                writer.PutText(NfTables.SetElements.Set, names[1]);
                List<string> elements = [];
                Dump(socket, NfTables.Message.GetSetElement, family, message =>
                {
                    NetlinkAttributes each = new(NetlinkAttributes.Find(message, NfTables.SetElements.Elements));
                    while (each.MoveNext())
                    {
                        elements.Add(Hex(each.Data));
                    }
                }, request.Bytes.ToArray());
                chains[$"{family} {set}"].Rules.AddRange(elements.Order(StringComparer.Ordinal));
            }

            Dump(socket, NfTables.Message.GetRule, family, rule =>
                chains[$"{family} {Text(rule, NfTables.Rule.Table)} {Text(rule, NfTables.Rule.Chain)}"].Rules.Add(Describe(rule, counters)));
        }

        return [.. chains.SelectMany(static chain => chain.Value.Rules.Prepend($"{chain.Key} {chain.Value.Kind}").Select(
            (rule, number) => number == 0 ? rule : $"{chain.Key} rule {number}:{rule}"))];
    }

    /// <summary>Null when each line is like that of one reference, which hold as many, else the first that is not.</summary>
    public static string? Difference(IReadOnlyList<string> ours, IReadOnlyList<string> reference, IReadOnlyList<string> next)
    {
        return reference.Count != next.Count
            ? Difference(ours, reference)
            : Difference(ours, [.. reference.Select((line, i) => i < ours.Count && ours[i] == next[i] ? ours[i] : line)]);
    }

    /// <summary>Null when both are alike, else the first difference.</summary>
    public static string? Difference(IReadOnlyList<string> ours, IReadOnlyList<string> reference)
    {
        for (int i = 0; i < Math.Max(ours.Count, reference.Count); i++)
        {
            string a = i < ours.Count ? ours[i] : "(nothing)";
            string b = i < reference.Count ? reference[i] : "(nothing)";
            if (a != b)
            {
                return $"    nf_tables holds something else:\n    ours:      {a}\n    reference: {b}";
            }
        }

        return null;
    }

    private static string Describe(ReadOnlySpan<byte> rule, bool counters)
    {
        StringBuilder text = new();
        NetlinkAttributes each = new(NetlinkAttributes.Find(rule, NfTables.Rule.Expressions));
        while (each.MoveNext())
        {
            string name = Text(each.Data, NfTables.Expression.Name);
            string data = name == "counter" && !counters ? "" : Hex(NetlinkAttributes.Find(each.Data, NfTables.Expression.Data));
            text.Append(CultureInfo.InvariantCulture, $" {name}={data}");
        }

        return text.Append(CultureInfo.InvariantCulture, $" data={Hex(NetlinkAttributes.Find(rule, NfTables.Rule.UserData))}").ToString();
    }

    private static void Dump(NetlinkSocket socket, ushort message, byte family, Action<ReadOnlySpan<byte>> see, params byte[] attributes)
    {
        socket.BeginDump(message, [family, 0, 0, 0, .. attributes]);
        while (socket.NextInDump(out ReadOnlySpan<byte> answer))
        {
            see(answer[HeadSize..]);
        }
    }

    private static string Text(ReadOnlySpan<byte> attributes, ushort type) =>
        Encoding.Latin1.GetString(NetlinkAttributes.Find(attributes, type).TrimEnd((byte)0));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
