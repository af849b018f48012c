using System.Globalization;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>Composes commands of iptables and ip6tables from a seed.</summary>
internal sealed class CommandGenerator : RandomWords
{
    private static readonly Dictionary<string, string[]> s_chains = new()
    {
        ["filter"] = ["INPUT", "FORWARD", "OUTPUT"],
        ["nat"] = ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
        ["mangle"] = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
        ["raw"] = ["PREROUTING", "OUTPUT"],
        ["security"] = ["INPUT", "FORWARD", "OUTPUT"],
    };

    private static readonly string[] s_userChains = ["u1", "u2", "web-in", "a_chain_of_28_characters_xyz"];
    private static readonly string[] s_interfaces = ["lo", "eth0", "wan+", "a", "fifteen-charact"];
    private static readonly string[] s_badInterfaces = ["sixteen-characte", "\"\""];
    private static readonly string[] s_protocols = ["tcp", "udp", "all", "17", "esp", "0", "47", "sctp", "ipv6-icmp", "icmp"];
    private static readonly string[] s_badProtocols = ["nosuchproto", "256", "-1", "\"\""];
    private static readonly string[] s_addresses4 =
    [
        "10.0.0.1", "10.0.0.0/8", "192.168.1.0/255.255.255.0", "0.0.0.0/0", "10.1.2.3/16", "10.0.0.0/255.0.255.0", "127.1",
        "1.2.3.4,5.6.7.8",
    ];

    private static readonly string[] s_addresses6 =
        ["::1", "2001:db8::/32", "::/0", "fe80::1/64", "2001:db8::1/ffff:ffff::", "::ffff:10.0.0.1", "fd00::1,fd00::2"];

    private static readonly string[] s_badAddresses =
        ["10.0.0.0/33", "300.1.1.1", "::g", "2001:db8::/129", "10.0.0.1/", "\"\"", "10.0.0.1/x"];
    private static readonly string[] s_nonsense =
    [
        "--nosuch", "-A", "-j", "-m", "!", "--", "extra", "--dport", "-t", "-f", "-g", "-p", "-", "-o", "''",
        "--line-numbers", "-n", "-v", "-x", "--set-counters 1 2", "-c 5 6", "-c 1", "-m nosuchmatch", "-j NOSUCHTARGET",
        "-j toolongforachainname_of_29_ch",
        "-w", "-4", "-6", "! !",
        "! -A INPUT", "-i lo -i lo", "-s 1.1.1.1 -s 2.2.2.2", "-p tcp -p udp", "-j ACCEPT -j DROP", "-j ACCEPT -g u1",
    ];

    private static readonly string[] s_negatable =
        ["-s", "-d", "-p", "-i", "-o", "--source", "--src", "--destination", "--dst", "--protocol", "--in-interface", "--out-interface"];

    private static readonly HashSet<string> s_onlyAsWritten =
        [.. Samples.SelectMany(static e => e.Options).Where(static o => o.IsOnlyAsWritten).Select(static o => o.Name)];

    private readonly List<List<string>> _appended = [];

    public CommandGenerator(int seed, bool validOnly)
        : base(seed, validOnly) => Family = Chance(0.35) ? "ip6" : "ip";

    public string Program => Family == "ip6" ? "ip6tables" : "iptables";

    /// <summary>An <c>-A</c> command, as a shell line.</summary>
    public string NextAppend() => string.Join(' ', Append());

    /// <summary>Any command, as the words of a shell line.</summary>
    public List<string> Next()
    {
        string table = Pick([.. s_chains.Keys]);
        string[] chains = s_chains[table];
        string chain = Chance(0.3) ? Pick(s_userChains) : Pick(chains);
        string number = Chance(0.85)
            ? Random.Next(1, 4).ToString(CultureInfo.InvariantCulture)
            : Pick(["0", "99", "x", "-1", "1x", "4294967296"]);
        List<string> words = [Program];
        if (table != "filter" || Chance(0.2))
        {
            words.AddRange(["-t", Chance(0.02) ? "nosuchtable" : table]);
        }

        // ip6tables 1.8.9 compares too little in -C and -D (shared/DIFFERENCES.md, 2), so only IPv4 names rules by their words.
        int kind = Random.Next(100);
        switch (kind)
        {
            case < 50:
                return Append();
            case < 60:
                List<string> insert = Append();
                int at = insert.IndexOf("-A");
                insert[at] = Pick(["-I", "-I", "-R", "--insert"]);
                if (insert[at] == "-R" || Chance(0.7))
                {
                    insert.Insert(at + 2, number == "0" ? "1" : number); // ours takes 0 for 1: docs/differences.md
                }

                return insert;
            case < 66 when Family == "ip" && _appended.Count > 0:
                List<string> again = [.. _appended[Random.Next(_appended.Count)]];
                again[again.IndexOf("-A")] = Chance(0.5) ? "-C" : "-D";
                return again;
            case < 71:
                words.AddRange(["-D", chain, number]);
                break;
            case < 77:
                words.AddRange([
                    Pick(["-N", "--new-chain", "--new"]),
                    Chance(0.9) ? Pick(s_userChains) : Pick(["INPUT", "ACCEPT", "LOG", "-x", "\"\"", "!x"]),
                ]);
                break;
            case < 80:
                words.AddRange(["-X", .. Maybe(0.7, chain)]);
                break;
            case < 82:
                words.AddRange(["-E", Pick(s_userChains), Pick(s_userChains)]);
                break;
            case < 85:
                words.AddRange(["-P", chain, Pick(["ACCEPT", "DROP", "DROP", "RETURN", "REJECT", "u1"])]);
                break;
            case < 87:
                words.AddRange(["-F", .. Maybe(0.7, chain)]);
                break;
            case < 89:
                words.AddRange(["-Z", .. Maybe(0.7, chain), .. Maybe(0.3, number)]);
                break;
            case < 94:
                words.AddRange([
                    "-L", .. Maybe(0.6, chain), .. Maybe(0.2, number), "-n",
                    .. Maybe(0.4, "-v"), .. Maybe(0.3, "--line-numbers"), .. Maybe(0.2, "-x"),
                ]);
                break;
            case < 98:
                words.AddRange(["-S", .. Maybe(0.6, chain), .. Maybe(0.2, number), .. Maybe(0.2, "-v")]);
                break;
            default:
                words.AddRange(Pick(s_nonsense).Split(' '));
                break;
        }

        // Ours is stricter about what -E may name a chain: docs/differences.md.
        if (!ValidOnly && Chance(0.04) && !words.Contains("-E"))
        {
            AddNonsense(words);
        }

        return words;
    }

    /// <summary>
    /// Anywhere, but no negation behind an option that ours takes it there from old documents (docs/differences.md), and nothing beside
    /// an option that is only as it is written.
    /// </summary>
    private void AddNonsense(List<string> words)
    {
        string[] nonsense = Pick(s_nonsense).Split(' ');
        int at = Random.Next(1, words.Count + 1);
        bool isApart = !s_onlyAsWritten.Overlaps(words[(at - 1)..Math.Min(at + 1, words.Count)]);
        if (isApart && (nonsense[0] != "!" || !s_negatable.Contains(words[at - 1])))
        {
            words.InsertRange(at, nonsense);
        }
    }

    private List<string> Append()
    {
        ExtensionSample? target = Chance(0.06) ? null : Pick([.. Samples.Where(e => e.IsTarget && e.Families.Contains(Family))]);
        List<ExtensionSample> matches = [];
        for (double odds = 0.75; Chance(odds); odds *= 0.35)
        {
            matches.Add(Pick([.. Samples.Where(e => !e.IsTarget && e.Families.Contains(Family))]));
        }

        bool astray = !ValidOnly && Chance(0.05);
        string table = astray || target?.Tables is null ? Pick([.. s_chains.Keys]) : Pick(target.Tables);
        string chain = astray || target?.Chains is null ? Pick(s_chains[table]) : Pick(target.Chains);
        List<string> words = [Program];
        if (table != "filter")
        {
            words.AddRange(["-t", table]);
        }

        words.AddRange(["-A", chain]);
        if (!ValidOnly && Chance(0.1))
        {
            words[^1] = Pick(s_userChains);
        }

        IReadOnlyList<string> with = matches.Append(target).Select(static e => e?.With ?? []).FirstOrDefault(static w => w.Count > 0) ?? [];
        if (with.Count > 0 && (ValidOnly || !Chance(0.05)))
        {
            words.AddRange(with);
        }
        else if (Chance(0.25))
        {
            words.AddRange([.. Inversion(), "-p", Value(s_protocols, s_badProtocols)]);
        }

        string[] addresses = Family == "ip6" ? s_addresses6 : s_addresses4;
        AddSometimes(words, 0.25, "-s", addresses, s_badAddresses);
        AddSometimes(words, 0.2, "-d", addresses, s_badAddresses);
        AddSometimes(words, chain is "OUTPUT" or "POSTROUTING" ? 0.01 : 0.15, "-i", s_interfaces, s_badInterfaces);
        AddSometimes(words, chain is "INPUT" or "PREROUTING" ? 0.01 : 0.15, "-o", s_interfaces, s_badInterfaces);
        if (Family == "ip" && Chance(0.03))
        {
            words.AddRange([.. Inversion(), "-f"]);
        }

        if (Chance(0.04))
        {
            words.AddRange(["-c", "5", "600"]);
        }

        foreach (ExtensionSample match in matches)
        {
            words.AddRange(["-m", match.Name]);
            AddOptions(words, match);
        }

        if (target is null)
        {
            if (Chance(0.5))
            {
                words.AddRange([Chance(0.7) ? "-j" : "-g", Pick(s_userChains)]);
            }
        }
        else
        {
            words.AddRange(["-j", target.Name]);
            AddOptions(words, target);
        }

        if (!ValidOnly && Chance(0.05))
        {
            AddNonsense(words);
        }

        if (words.Contains("-A"))
        {
            _appended.Add([.. words]);
        }

        return words;
    }

    private void AddSometimes(List<string> words, double odds, string option, string[] good, string[] bad)
    {
        if (Chance(odds))
        {
            words.AddRange([.. Inversion(), option, Value(good, bad)]);
        }
    }
}
