using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Diagnosis;

/// <summary>The rules in force, of both interfaces and families, and whether they are consistent.</summary>
/// <param name="build">How the kernel was built: what has not been loaded has no rules.</param>
/// <param name="inUse">The interface that the programs use.</param>
internal sealed class RulesCheck(KernelBuild build, KernelInterface inUse)
{
    private const string Topic = "rules";
    private const int MostNamed = 5;

    private static readonly string[] s_ofIPv4Only = [" -s ", " -d ", "-p icmp", "icmp-", " -f ", "--ttl", "-range "];

    private readonly List<Observation> _found = [];

    /// <summary>The rules; known after <see cref="Examine"/>.</summary>
    public RulesInForce InForce { get; } = new();

    /// <summary>The base chains of nf_tables that are none of iptables'; known after <see cref="Examine"/>.</summary>
    public List<NftBaseChain> OtherChains { get; } = [];

    /// <summary>Examines the rules in force. Reads only tables that exist.</summary>
    public IReadOnlyList<Observation> Examine()
    {
        if (!ThisProcess.Has(ThisProcess.NetAdmin))
        {
            return []; // as has been said of the kernel
        }

        int legacy = 0;
        foreach (Family family in Family.OfXTables())
        {
            legacy += Legacy(family);
        }

        List<NftTable> nft = Nft();
        foreach (NftTable table in nft)
        {
            OtherChains.AddRange(table.BaseChains.Where(chain => !IsOfIptables(table, chain)));
        }

        foreach (Family family in Family.OfXTables())
        {
            List<NftTable> ofIptables = nft.FindAll(table => table.Family == family.NftName && IsOfIptables(table));
            try
            {
                using NftTables tables = new(new ExtensionSet(family));
                _ = Read(tables, ofIptables.ConvertAll(static table => Encoding.ASCII.GetBytes(table.Name)));
            }
            catch (Exception e) when (e is KernelException or MalformedTableException)
            {
                _found.Add(new(Severity.Warning, Topic, $"{family.Name}: the tables of nf_tables cannot be read: {e.Message}"));
            }
        }

        if (legacy > 0 && nft.Exists(static table => table.Rules > 0))
        {
            _found.Add(new(Severity.Warning, Topic,
                "both interfaces of the kernel have rules: a packet has to pass those of nf_tables as well as those of iptables-legacy",
                nft.Exists(static table => table.Rules > 0 && IsOfIptables(table))
                    ? "Look at both (`iptables-nft-save`, `iptables-legacy-save`), flush those that are not wanted, and move the others if need be (`sharptables migrate`)."
                    : "Look at both (`nft list ruleset`, `iptables-legacy-save`), and move those of iptables to nf_tables:",
                nft.Exists(static table => table.Rules > 0 && IsOfIptables(table)) ? null : "sharptables migrate nft"));
        }

        Compare(Family.IPv4, Family.IPv6, nft);
        return _found;
    }

    /// <summary>Reports each table, and collects its rules.</summary>
    /// <returns>How many there are.</returns>
    private int Legacy(Family family)
    {
        try
        {
            using LegacyTables tables = new(new ExtensionSet(family));
            List<byte[]> names = tables.NamesInForce();
            List<int> counts = Read(tables, names);
            List<string> each = [];
            int sum = 0;
            for (int i = 0; i < counts.Count; i++)
            {
                each.Add($"{Encoding.ASCII.GetString(names[i])} {counts[i]}");
                sum += counts[i];
            }

            _found.Add(new(Severity.Good, Topic, $"{family.Name}: {(each.Count == 0 ? "no table in use" : $"rules in {string.Join(", ", each)}")}"));
            return sum;
        }
        catch (Exception e) when (e is KernelException or MalformedTableException)
        {
            _found.Add(new(Severity.Warning, Topic, $"{family.Name}: the tables cannot be read: {e.Message}"));
            return 0;
        }
    }

    /// <summary>Counts the rules of each table, and collects them.</summary>
    private List<int> Read(ITables tables, List<byte[]> names)
    {
        List<int> counts = [];
        foreach (byte[] name in names)
        {
            using Table read = tables.Read(name);
            read.ReadAll();
            int count = 0;
            foreach (Chain chain in read.Chains)
            {
                count += chain.RuleCount;
            }

            counts.Add(count);
            InForce.Add(read, tables.Extensions, tables.Interface == inUse ? tables.Family.Program : $"{tables.Family.Program}-{Suffix(tables.Interface)}");
        }

        return counts;
    }

    private static string Suffix(KernelInterface kernel) => kernel == KernelInterface.Nft ? "nft" : "legacy";

    private List<NftTable> Nft()
    {
        List<NftTable> tables;
        try
        {
            tables = build.IsYetToBeLoaded("nf_tables") ? [] : NftTableList.Read(); // a request would load it
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.EPROTONOSUPPORT)
        {
            _found.Add(new(Severity.Good, Topic, "nf_tables: the kernel does not have it"));
            return [];
        }
        catch (KernelException e)
        {
            _found.Add(new(Severity.Warning, Topic, $"nf_tables: its tables cannot be read: {e.Message}"));
            return [];
        }

        _found.Add(new(tables.Exists(static table => table.Rules > 0) ? Severity.Note : Severity.Good, Topic,
            tables.Count == 0
                ? "nf_tables: no table"
                : $"nf_tables: rules in {string.Join(", ", tables.ConvertAll(static t => $"{t.Family} {t.Name} {t.Rules}"))}"));
        return tables;
    }

    /// <summary>Whether a table is one that iptables uses.</summary>
    private static bool IsOfIptables(NftTable table) => BuiltIn(table) is not null;

    private static bool IsOfIptables(NftTable table, NftBaseChain chain) => BuiltIn(table) is { } known && Array.IndexOf(known.Chains, chain.Name) >= 0;

    private static BuiltInTable? BuiltIn(NftTable table) =>
        Array.Find(Family.OfXTables(), family => family.NftName == table.Family) is { } family ? BuiltInTable.Named(table.Name, family) : null;

    /// <summary>Reports what is filtered in one family and not in the other.</summary>
    private void Compare(Family one, Family other, List<NftTable> nft)
    {
        List<string> rules = InForce.FilterOf(one), others = InForce.FilterOf(other);
        if (rules.Count == 0)
        {
            return;
        }

        if (others.Count == 0 && !nft.Exists(table => table.Rules > 0 && (table.Family == other.NftName || table.Family == "inet")))
        {
            string off = $"net.ipv{other.Letter}.conf.all.disable_ipv{other.Letter}";
            string? isOff = KernelSettings.Read(off);
            if (isOff == "1")
            {
                return;
            }

            bool hasAddresses = HasAddresses(other);
            bool isInUse = hasAddresses && (rules.Exists(static rule => rule is "-P INPUT DROP")
                || InForce.ReachedFrom(one, "filter", "INPUT").Exists(static rule => rule.Target is "DROP" or "REJECT"));
            _found.Add(new(isInUse ? Severity.Warning : Severity.Note, Topic,
                $"{one.Name} is filtered, but {other.Name} lets everything through{(hasAddresses ? "" : "; no interface has an address of it")}",
                $"Set up rules with {other.Program} as well: rules of {one.Program} have no effect on {other.Name}.{(isOff is not null ? " If nobody needs it, and you are not logged in by it:" : "")}",
                isOff is not null ? $"sysctl -w {off}=1" : null));
            return;
        }

        HashSet<string> known = [.. others];
        List<string> alone = rules.FindAll(rule => !IsOfIPv4Only(rule) && known.Add(rule));
        if (alone.Count > 0 && others.Count > 0)
        {
            _found.Add(new(Severity.Note, Topic,
                $"{alone.Count} of {one.Name}'s rules in filter {(alone.Count == 1 ? "has" : "have")} no twin in {other.Name}: " +
                string.Join("; ", alone.GetRange(0, Math.Min(alone.Count, MostNamed))) + (alone.Count > MostNamed ? "; ..." : ""),
                $"If they are meant for both, add them with {other.Program} as well."));
        }
    }

    /// <summary>Whether a rule is about addresses, or about something that has another name in IPv6.</summary>
    private static bool IsOfIPv4Only(string rule) =>
        Array.Exists(s_ofIPv4Only, word => rule.Contains(word, StringComparison.Ordinal));

    /// <summary>Whether an interface other than lo has an address.</summary>
    internal static bool HasAddresses(Family family)
    {
        string addresses = family.AddressesFile is { } file ? Encoding.ASCII.GetString(FileReader.TryReadAll(file) ?? []) : "";
        string[] lines = addresses.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(lines, static line => !line.EndsWith(" lo", StringComparison.Ordinal));
    }
}
