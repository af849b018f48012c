using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Diagnosis;

/// <summary>The rules in force, of both interfaces and families, and whether they are consistent.</summary>
/// <param name="build">How the kernel was built: what has not been loaded has no rules.</param>
internal sealed class RulesCheck(KernelBuild build)
{
    private const string Topic = "rules";
    private const int MostNamed = 5;

    private static readonly string[] s_ofIPv4Only = [" -s ", " -d ", "-p icmp", "icmp-", " -f ", "--ttl", "-range "];

    private readonly List<Observation> _found = [];
    private readonly List<string> _rules4 = [], _rules6 = [];

    /// <summary>Whether an IPv4 rule or policy is about forwarded packets.</summary>
    public bool IsAboutForwarding { get; private set; }

    /// <summary>Examines the rules in force. Reads only tables that exist.</summary>
    public IReadOnlyList<Observation> Examine()
    {
        int legacy = Legacy(Family.IPv4, _rules4) + Legacy(Family.IPv6, _rules6);
        int nft = Nft(out bool hasNft6);
        if (legacy > 0 && nft > 0)
        {
            _found.Add(new(Severity.Mend, Topic,
                "both interfaces of the kernel have rules: a packet has to pass those of nf_tables as well as those of iptables-legacy",
                "Look at both (`nft list ruleset`, `iptables-legacy-save`), keep one, and flush the other."));
        }

        Twins(hasNft6);
        return _found;
    }

    /// <summary>Reports each table, and collects the rules and policies of filter as text.</summary>
    private int Legacy(Family family, List<string> filter)
    {
        string name = family.Name;
        int all = 0;
        try
        {
            using LegacyTables tables = new(new ExtensionSet(family));
            List<string> said = [];
            foreach (byte[] table in tables.NamesInForce())
            {
                using Table read = tables.Read(table);
                int rules = 0;
                foreach (Chain chain in read.Chains)
                {
                    rules += chain.RuleCount;
                }

                all += rules;
                said.Add($"{Encoding.ASCII.GetString(table)} {rules}");
                Collect(read, tables.Extensions, filter);
            }

            string rulesIn = said.Count == 0 ? "no table in use" : $"rules in {string.Join(", ", said)}";
            _found.Add(new(Severity.Good, Topic, $"{name}: {rulesIn}"));
        }
        catch (Exception e) when (e is KernelException or MalformedTableException)
        {
            _found.Add(new(Severity.Mend, Topic, $"{name}: the tables cannot be read: {e.Message}"));
        }

        return all;
    }

    private void Collect(Table table, ExtensionSet extensions, List<string> filter)
    {
        bool isFilter = IsNamed(table.Name, "filter"u8);
        Output line = new(Output.Kept);
        RuleText text = new(table, extensions, line);
        foreach (Chain chain in table.Chains)
        {
            IsAboutForwarding |= extensions.Family == Family.IPv4 && SpeaksOfForwarding(table, chain);
            if (!isFilter)
            {
                continue;
            }

            if (chain.IsBuiltIn && chain.Policy != Verdict.Accept)
            {
                filter.Add($"-P {MessageText.Of(chain.Name)} {Encoding.ASCII.GetString(StandardVerdict.Name(chain.Policy))}");
            }

            foreach (Rule rule in table.Rules(chain))
            {
                line.Clear();
                text.Write(chain, rule, showCounters: false);
                filter.Add(MessageText.Of(line.Written.TrimEnd((byte)'\n')));
            }
        }
    }

    private static bool SpeaksOfForwarding(Table table, Chain chain) =>
        (IsNamed(table.Name, "filter"u8) && IsNamed(chain.Name, "FORWARD"u8) && chain.RuleCount > 0)
        || (IsNamed(table.Name, "nat"u8) && IsNamed(chain.Name, "POSTROUTING"u8)
            && (chain.RuleCount > 0 || chain.Policy != Verdict.Accept));

    private static bool IsNamed(byte[] name, ReadOnlySpan<byte> expected) => name.AsSpan().SequenceEqual(expected);

    private int Nft(out bool hasIPv6)
    {
        hasIPv6 = false;
        List<NftTable> tables;
        try
        {
            tables = build.IsYetToBeLoaded("nf_tables") ? [] : NftTableList.Read(); // a request would load it
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.EPROTONOSUPPORT)
        {
            _found.Add(new(Severity.Good, Topic, "nf_tables: the kernel does not have it"));
            return 0;
        }
        catch (KernelException e)
        {
            _found.Add(new(Severity.Mend, Topic, $"nf_tables: its tables cannot be read: {e.Message}"));
            return 0;
        }

        int all = 0;
        foreach (NftTable table in tables)
        {
            all += table.Rules;
        }

        hasIPv6 = tables.Exists(static table => table.Rules > 0 && table.Family is "ip6" or "inet");
        _found.Add(new(all == 0 ? Severity.Good : Severity.Note, Topic,
            tables.Count == 0
                ? "nf_tables: no table"
                : $"nf_tables: rules in {string.Join(", ", tables.ConvertAll(static t => $"{t.Family} {t.Name} {t.Rules}"))}"));
        return all;
    }

    private void Twins(bool hasNft6)
    {
        if (_rules4.Count == 0)
        {
            return;
        }

        if (_rules6.Count == 0 && !hasNft6)
        {
            bool isInUse = HasIPv6();
            _found.Add(new(isInUse ? Severity.Mend : Severity.Note, Topic,
                $"IPv4 is filtered, but IPv6 lets everything through{(isInUse ? "" : "; no interface has an address of it")}",
                "Set up rules with ip6tables as well: rules of iptables have no effect on IPv6."));
            return;
        }

        HashSet<string> known = [.. _rules6];
        List<string> alone = _rules4.FindAll(rule => !IsOfIPv4Only(rule) && known.Add(rule));
        if (alone.Count > 0 && _rules6.Count > 0)
        {
            _found.Add(new(Severity.Note, Topic,
                $"{alone.Count} of IPv4's rules in filter {(alone.Count == 1 ? "has" : "have")} no twin in IPv6: " +
                string.Join("; ", alone.GetRange(0, Math.Min(alone.Count, MostNamed))) + (alone.Count > MostNamed ? "; ..." : ""),
                "If they are meant for both, add them with ip6tables as well."));
        }
    }

    /// <summary>Whether a rule is about addresses, or about something that has another name in IPv6.</summary>
    private static bool IsOfIPv4Only(string rule) =>
        Array.Exists(s_ofIPv4Only, word => rule.Contains(word, StringComparison.Ordinal));

    private static bool HasIPv6()
    {
        byte[] interfaces = FileReader.ReadAll("/proc/net/if_inet6"u8) ?? [];
        string[] lines = Encoding.ASCII.GetString(interfaces).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(lines, static line => !line.EndsWith(" lo", StringComparison.Ordinal));
    }
}
