namespace Sharptables.SystemTests.Explain;

/// <summary>Composes rulesets from a seed, of values that the packets of <see cref="PacketGenerator"/> often have.</summary>
/// <param name="random">The source of chance.</param>
/// <param name="v6">Whether they are for IPv6.</param>
internal sealed class RuleGenerator(Random random, bool v6)
{
    private static readonly (string Name, string[] Chains)[] s_tables =
    [
        ("raw", ["PREROUTING", "OUTPUT"]),
        ("mangle", ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]),
        ("nat", ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"]),
        ("filter", ["INPUT", "FORWARD", "OUTPUT"]),
        ("security", ["INPUT", "FORWARD", "OUTPUT"]),
    ];

    private static readonly string[] s_addresses4 =
        ["192.168.1.2", "203.0.113.9", "192.168.1.0/24", "203.0.113.0/24", "192.168.1.1", "203.0.113.1", "198.51.100.0/24", "0.0.0.0/1", "192.0.0.2/255.0.0.255"];

    private static readonly string[] s_addresses6 = ["fd00:1::2", "fd00:2::9", "fd00:1::/64", "fd00:2::/64", "fd00:1::1", "fd00:2::1", "fd00:7::/32", "fd00::2/ff00::f"];
    private static readonly string[] s_states = ["NEW", "ESTABLISHED", "RELATED", "INVALID", "RELATED,ESTABLISHED", "NEW,ESTABLISHED", "UNTRACKED", "NEW,INVALID"];
    private static readonly string[] s_ports = ["22", "53", "80", "443", "1024:65535", "0:1023", "1024:20000", ":100", "5353"];
    private static readonly string[] s_portLists = ["22,80,443", "53", "1024:30000", "22,1024:65535,80", "8080,5353,53,22"];
    private static readonly string[] s_marks = ["0x0", "0x1", "0x1/0x1", "0x2/0xff", "0x10/0xf0", "0x0/0xf"];
    private static readonly string[] s_sets = ["0x1", "0x2/0xff", "0x10/0xf0", "0xabcd", "0x0", "0xff00/0xff00"];

    private bool _isForTcp, _isForUdp;

    /// <summary>A ruleset.</summary>
    public GeneratedRules Next()
    {
        List<(string, IReadOnlyList<string>, IReadOnlyList<string>)> tables = [];
        foreach ((string name, string[] builtIn) in s_tables)
        {
            if (name == "filter" ? Chance(0.9) : Chance(0.4))
            {
                tables.Add(Table(name, builtIn));
            }
        }

        return new(tables);
    }

    private (string, IReadOnlyList<string>, IReadOnlyList<string>) Table(string name, string[] builtIn)
    {
        List<string> chains = [], rules = [];
        string[] users = [.. Enumerable.Range(1, random.Next(4)).Select(static number => $"u{number}")];
        foreach (string chain in builtIn)
        {
            chains.Add($":{chain} {(name is not "nat" && Chance(name == "filter" ? 0.15 : 0.03) ? "DROP" : "ACCEPT")} [0:0]");
        }

        chains.AddRange(users.Select(static user => $":{user} - [0:0]"));
        foreach (string chain in builtIn)
        {
            for (int i = random.Next(5); i > 0; i--)
            {
                rules.Add(Rule(name, chain, users, isSource: chain is "INPUT" or "POSTROUTING"));
            }
        }

        foreach (string chain in users)
        {
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                rules.Add(Rule(name, chain, users, isSource: IsForSource(chain)));
            }
        }

        return (name, chains, rules);
    }

    /// <summary>Whether a user's chain of the nat table is called where the source is changed.</summary>
    private static bool IsForSource(string user) => user == "u2";

    private string Rule(string table, string chain, string[] users, bool isSource)
    {
        bool isUser = users.Contains(chain);
        users = [.. users.Where(user => string.CompareOrdinal(user, isUser ? chain : "") > 0 && (table != "nat" || IsForSource(user) == isSource))];
        List<string> words = ["-A", chain];
        _isForTcp = _isForUdp = false;
        AddProtocol(words);
        for (double odds = 0.55; Chance(odds); odds *= 0.5)
        {
            string match = Match(table, chain);
            string[] named = match.Split(' ');
            if (match.Length > 0 && !words.Contains(named[0]) && !(named[0] == "-m" && words.Contains(named[1])))
            {
                bool invertible = named.Length == 2 && named[0][0] == '-' && Chance(0.15);
                words.AddRange(invertible ? ["!", .. named] : named);
            }
        }

        string target = users.Length > 0 && Chance(0.3) ? $"{(Chance(0.75) ? "-j" : "-g")} {users[random.Next(users.Length)]}" : Target(table, chain, isUser, isSource);
        return string.Join(' ', target.Length > 0 ? [.. words, target] : words);
    }

    private void AddProtocol(List<string> words)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                _isForTcp = true;
                words.AddRange(["-p", "tcp"]);
                words.AddRange(random.Next(6) switch
                {
                    0 => ["-m", "tcp", "--dport", Pick(s_ports)],
                    1 => ["-m", "tcp", "--sport", Pick(s_ports)],
                    2 => ["-m", "tcp", "--tcp-flags", Pick(["SYN,ACK", "SYN,RST,ACK,FIN", "ALL", "PSH", "RST"]), Pick(["SYN", "NONE", "ACK", "RST"])],
                    3 => [.. Chance(0.3) ? ["!"] : (string[])[], "--syn"],
                    4 => ["-m", "tcp", "--tcp-option", Pick(["2", "4", "8"])],
                    _ => [],
                });
                break;
            case 2 or 3:
                _isForUdp = true;
                words.AddRange(["-p", "udp"]);
                words.AddRange(random.Next(3) switch
                {
                    0 => ["-m", "udp", "--dport", Pick(s_ports)],
                    1 => ["-m", "udp", .. Chance(0.3) ? ["!"] : (string[])[], "--sport", Pick(s_ports)],
                    _ => [],
                });
                break;
            case 4 when v6:
                words.AddRange(["-p", "ipv6-icmp"]);
                words.AddRange(Chance(0.7) ? ["-m", "icmp6", "--icmpv6-type", Pick(["128", "129", "1/4", "1"])] : []);
                break;
            case 4:
                words.AddRange(["-p", "icmp"]);
                words.AddRange(Chance(0.7) ? ["-m", "icmp", "--icmp-type", Pick(["8", "0", "3/3", "3", "any"])] : []);
                break;
            case 5 when Chance(0.3):
                words.AddRange(["!", "-p", Pick(["tcp", "udp", "esp"])]);
                break;
        }
    }

    private string Match(string table, string chain)
    {
        bool hasIn = chain is not ("OUTPUT" or "POSTROUTING"), hasOut = chain is not ("INPUT" or "PREROUTING");
        return random.Next(26) switch
        {
            0 or 1 => $"-s {Address()}",
            2 or 3 => $"-d {Address()}",
            4 or 5 when hasIn => $"-i {Interface()}",
            6 when hasOut => $"-o {Interface()}",
            7 => $"-m mark {Not()}--mark {Pick(s_marks)}",
            8 => $"-m connmark {Not()}--mark {Pick(s_marks)}",
            9 or 10 => $"-m conntrack {Not()}--ctstate {Pick(s_states)}",
            11 => Conntrack(),
            12 => $"-m state {Not()}--state {Pick(s_states)}",
            13 => v6
                ? $"-m iprange {Not()}--{Pick(["src", "dst"])}-range {Pick(["fd00:1::1-fd00:1::9", "fd00:2::-fd00:7::ff"])}"
                : $"-m iprange {Not()}--{Pick(["src", "dst"])}-range {Pick(["192.168.1.1-192.168.1.50", "198.51.100.0-203.0.113.5"])}",
            14 => $"-m length {Not()}--length {Pick(["0:60", "40", "28:100", "100:65535", "60"])}",
            15 or 16 => v6
                ? $"-m hl --hl-{Pick(["eq", "lt", "gt"])} {Pick(["64", "63", "100"])}"
                : $"-m ttl --ttl-{Pick(["eq", "lt", "gt"])} {Pick(["64", "63", "100"])}",
            17 => $"-m tos {Not()}--tos {Pick(["0x10", "0x00/0xfc", "0x08/0x08"])}",
            18 => $"-m dscp {Not()}--dscp {Pick(["0x00", "0x04", "0x2e"])}",
            19 when hasIn && !chain.StartsWith('u') => $"-m mac {Not()}--mac-source {Pick(["02:00:00:00:01:02", "02:00:00:00:02:02"])}",
            20 => $"-m pkttype --pkt-type {Pick(["unicast", "broadcast"])}",
            21 => "-m comment --comment some-words",
            22 or 23 when _isForTcp || _isForUdp => $"-m multiport {Not()}--{Pick(["dports", "sports", "ports"])} {Pick(s_portLists)}",
            24 when chain is "OUTPUT" or "POSTROUTING" => $"-m owner {Not()}--uid-owner {Pick(["0", "1000"])}",
            24 when _isForTcp => $"-m tcpmss {Not()}--mss {Pick(["1460", "1:1400"])}",
            25 when Chance(0.1) => Pick(["-m statistic --mode random --probability 0.5", "-m limit --limit 1/s", "-m addrtype --dst-type LOCAL"]),
            _ => "",
        };
    }

    private string Conntrack() => $"-m conntrack {Not()}" + random.Next(8) switch
    {
        0 => $"--ctorigsrc {Address()}",
        1 => $"--ctorigdst {Address()}",
        2 => $"--ctreplsrc {Address()}",
        3 => $"--ctrepldst {Address()}",
        4 => $"--ctorigdstport {Pick(["22", "53", "80:500"])}",
        5 => $"--ctproto {Pick(["tcp", "udp"])}",
        6 => $"--ctorigsrcport {Pick(["1024:20000", "30000:65535"])}",
        _ => $"--ctstate {Pick(["SNAT", "DNAT", "NEW,DNAT", "SNAT,DNAT"])}",
    };

    private string Target(string table, string chain, bool isUser, bool isSource)
    {
        if (Chance(0.12))
        {
            return ""; // counts
        }

        if (Chance(0.2))
        {
            return "-j RETURN";
        }

        return table switch
        {
            "filter" or "security" => random.Next(10) switch
            {
                < 4 => "-j ACCEPT",
                < 6 => "-j DROP",
                < 8 when table == "filter" => Reject(),
                8 => Log(),
                _ => Mark(),
            },
            "mangle" => random.Next(14) switch
            {
                < 4 => Mark(),
                4 or 5 => Pick([$"-j CONNMARK --set-xmark {Pick(s_sets)}", "-j CONNMARK --save-mark", "-j CONNMARK --restore-mark"]),
                6 => $"-j TOS --set-tos {Pick(["0x10/0xff", "0x08/0x3f", "0x00/0xff"])}",
                7 => $"-j DSCP --set-dscp {Pick(["0x2e", "0x00", "0x0a"])}",
                8 => $"-j {(v6 ? "HL --hl" : "TTL --ttl")}-{Pick(["set 100", "inc 5", "dec 1", "set 63"])}",
                9 => Log(),
                10 => "-j DROP",
                11 when _isForTcp => $"-j {(v6 ? "TCPOPTSTRIP --strip-options mss" : "ECN --ecn-tcp-remove")}",
                _ => "-j ACCEPT",
            },
            "raw" => random.Next(8) switch
            {
                0 or 1 => "-j CT --notrack",
                2 => "-j DROP",
                3 => "-j TRACE",
                4 or 5 => Mark(),
                _ => "-j ACCEPT",
            },
            _ => isSource ? Source(chain, isUser) : Destination(isUser),
        };
    }

    private string Source(string chain, bool isUser) => random.Next(6) switch
    {
        0 => "-j ACCEPT",
        1 => Mark(),
        2 when chain == "POSTROUTING" => "-j MASQUERADE",
        3 => v6 ? "-j NETMAP --to fd00:7::/64" : "-j NETMAP --to 198.51.100.0/24",
        _ => $"-j SNAT --to-source {(v6 ? Pick(["fd00:7::5", "fd00:2::1"]) : Pick(["198.51.100.5", "203.0.113.1"]))}",
    };

    private string Destination(bool isUser) => random.Next(7) switch
    {
        0 => "-j ACCEPT",
        1 => Mark(),
        2 when _isForTcp || _isForUdp => $"-j REDIRECT --to-ports {Pick(["22", "8080"])}",
        3 => "-j REDIRECT",
        4 => v6 ? "-j NETMAP --to fd00:1::/64" : "-j NETMAP --to 192.168.1.0/24",
        5 when _isForTcp || _isForUdp => v6 ? "-j DNAT --to-destination [fd00:1::2]:8080" : "-j DNAT --to-destination 192.168.1.2:8080",
        _ => $"-j DNAT --to-destination {(v6 ? Pick(["fd00:1::2", "fd00:2::9", "fd00:1::1"]) : Pick(["192.168.1.2", "203.0.113.9", "192.168.1.1"]))}",
    };

    private string Reject() => _isForTcp && Chance(0.4) ? "-j REJECT --reject-with tcp-reset"
        : v6 ? $"-j REJECT --reject-with {Pick(["icmp6-port-unreachable", "icmp6-adm-prohibited", "icmp6-no-route"])}"
        : $"-j REJECT --reject-with {Pick(["icmp-port-unreachable", "icmp-host-prohibited", "icmp-admin-prohibited", "icmp-net-unreachable"])}";

    private string Log() => Pick(["-j LOG --log-prefix some", "-j NFLOG --nflog-group 3"]);

    private string Mark() => random.Next(4) > 0 ? $"-j MARK --set-xmark {Pick(s_sets)}" : Pick(["-j MARK --or-mark 0x1", "-j MARK --and-mark 0xf0", "-j MARK --xor-mark 0x3"]);

    private string Address() => Pick(v6 ? s_addresses6 : s_addresses4);

    private string Interface() => Pick(["LAN1", "WAN1", "LAN+", "WAN1", "lo", "eth0"]);

    private string Not() => Chance(0.2) ? "! " : "";

    private string Pick(IReadOnlyList<string> from) => from[random.Next(from.Count)];

    private bool Chance(double odds) => random.NextDouble() < odds;
}
