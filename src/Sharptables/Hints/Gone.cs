namespace Sharptables.Hints;

/// <summary>What iptables no longer has, or never had though others did, and what does the same.</summary>
internal static class Gone
{
    /// <summary>Of a match: the reason, and the words that take the place of <c>-m NAME</c>, if they are known.</summary>
    public static (string Reason, string[]? By)? Match(string name) => name switch
    {
        "nth" => ("The match nth is gone: -m statistic --mode nth --every N --packet 0 does the same.", ["-m", "statistic", "--mode", "nth"]),
        "random" => ("The match random is gone: -m statistic --mode random --probability P does the same, with P from 0 to 1.", null),
        "iplimit" => ("The match iplimit is gone: -m connlimit does the same.", ["-m", "connlimit"]),
        "dstlimit" => ("The match dstlimit is gone: -m hashlimit with --hashlimit-mode dstip does the same.", null),
        "mport" => ("The match mport is gone: -m multiport has lists of ports and ranges.", ["-m", "multiport"]),
        "unclean" => ("The match unclean is gone: -m conntrack --ctstate INVALID takes packets that fit no connection.", ["-m", "conntrack", "--ctstate", "INVALID"]),
        "layer7" or "ipp2p" => ($"The match {name} is not part of iptables, and nobody maintains it for today's kernels; -m string looks for text in a packet.", null),
        "geoip" or "psd" or "account" or "quota2" or "fuzzy" or "condition" or "lscan" or "ipv4options" =>
            ($"The match {name} is not part of iptables but of xtables-addons: its libxt_{name}.so, and its kernel module, have to be installed.", null),
        "pool" or "iptset" or "ippool" => ($"The match {name} is gone: -m set looks for addresses in sets of ipset(8).", null),
        "stat" or "stats" => ("The match is statistic.", ["-m", "statistic"]),
        "ports" or "port" => ("The match for several ports is multiport.", ["-m", "multiport"]),
        "ct" => ("The match for connections is conntrack.", ["-m", "conntrack"]),
        _ => null,
    };

    /// <summary>Of a target: the reason, and the words that take the place of its name.</summary>
    public static (string Reason, string? By)? Target(string name) => name switch
    {
        "ULOG" => ("The kernel has had no ULOG since Linux 3.17: NFLOG does the same.", "NFLOG"),
        "MIRROR" => ("The target MIRROR is gone from the kernel, since it can be abused; nothing takes its place.", null),
        "SAME" => ("The target SAME is gone: SNAT with a range and --persistent does the same.", null),
        "BALANCE" => ("The target BALANCE is gone: DNAT with a range of addresses does the same.", null),
        "ROUTE" => ("The target ROUTE is gone: mark packets with MARK and route them with ip-rule(8), or copy them with TEE.", null),
        "TARPIT" or "DELUDE" or "CHAOS" or "STEAL" or "ECHO" or "IPMARK" or "LOGMARK" or "SYSRQ" or "ACCOUNT" =>
            ($"The target {name} is not part of iptables but of xtables-addons: its libxt_{name}.so, and its kernel module, have to be installed.", null),
        "DENY" or "DENIED" or "BLOCK" or "BLOCKED" or "DISCARD" or "REFUSE" or "DROPPED" or "DROPALL" => ($"There is no target {name}: DROP drops a packet without a word, REJECT sends an error back.", "DROP"),
        "ALLOW" or "ALLOWED" or "PERMIT" or "PASS" or "OK" or "YES" => ($"There is no target {name}: ACCEPT lets a packet through.", "ACCEPT"),
        "MASQ" or "NAT" => ("The target is MASQUERADE, or SNAT where the address is fixed.", "MASQUERADE"),
        "CONTINUE" => ("A rule without -j leaves a packet to the next rule.", null),
        _ => null,
    };

    /// <summary>Of an option, where no loaded extension has it: the reason, and the option that takes its place.</summary>
    public static (string Reason, string? By)? Option(string name) => name switch
    {
        "pid-owner" or "sid-owner" or "cmd-owner" => ($"The kernel has had no --{name} since Linux 2.6.14: a rule can ask for the user (--uid-owner), the group (--gid-owner), or a control group (-m cgroup).", null),
        "days" => ("The option --days of old versions is --weekdays.", "weekdays"),
        "dst-port" or "dest-port" or "destport" or "dstport" or "to-dport" => ("The destination's port is --dport.", "dport"),
        "src-port" or "srcport" or "sourceport" => ("The source's port is --sport.", "sport"),
        "mac" or "mac-src" => ("The option is --mac-source.", "mac-source"),
        "flush-all" => ("-F without a chain flushes all of them.", "flush"),
        "interface" or "iface" => ("Where packets come in is -i, where they go out is -o.", null),
        "target" => ("The target stands behind -j.", "jump"),
        "log" => ("Logging is a target of its own, in a rule of its own: -j LOG.", null),
        "list-chains" => ("-L lists all chains.", "list"),
        _ => null,
    };

    /// <summary>The port that people mean by a word that /etc/services does not have.</summary>
    public static string? Port(string name) => name switch
    {
        "ssl" or "tls" => "https",
        "dns" => "domain",
        "web" => "http",
        "mail" => "smtp",
        "rdp" => "3389",
        "smb" or "cifs" or "samba" => "445",
        "vnc" => "5900",
        "postgres" or "pgsql" => "5432",
        "mariadb" => "3306",
        "redis" => "6379",
        "mongodb" or "mongo" => "27017",
        "wireguard" or "wg" => "51820",
        "winrm" => "5985",
        "nfsd" => "2049",
        _ => null,
    };

    /// <summary>What the other family calls otherwise: the type of REJECT that says the same.</summary>
    public static string? RejectType(string name) => name switch
    {
        "icmp6-adm-prohibited" or "adm-prohibited" => "icmp-admin-prohibited",
        "icmp6-addr-unreachable" or "addr-unreach" => "icmp-host-unreachable",
        "icmp6-no-route" or "no-route" => "icmp-net-unreachable",
        "icmp-admin-prohibited" or "icmp-admin-prohib" or "icmp-host-prohibited" or "icmp-net-prohibited" => "icmp6-adm-prohibited",
        "icmp-host-unreachable" or "icmp-host-unreach" => "icmp6-addr-unreachable",
        "icmp-net-unreachable" or "icmp-net-unreach" => "icmp6-no-route",
        "reset" or "rst" => "tcp-reset",
        _ => null,
    };

    /// <summary>The option that a loaded extension has for what another calls otherwise.</summary>
    public static string? OfLoaded(string extension, string option) => (extension, option) switch
    {
        ("conntrack", "state") => "ctstate",
        ("state", "ctstate") => "state",
        ("tcp" or "udp" or "sctp" or "dccp" or "udplite", "port") => "dport",
        ("DNAT", "to-source") => "to-destination",
        ("SNAT", "to-destination") => "to-source",
        ("MARK", "mark" or "set") => "set-mark",
        ("LOG", "prefix") => "log-prefix",
        ("LOG", "level") => "log-level",
        ("REJECT", "with") => "reject-with",
        ("NFLOG", "log-prefix" or "ulog-prefix") => "nflog-prefix",
        ("NFLOG", "ulog-nlgroup") => "nflog-group",
        ("REDIRECT", "to-destination") => "to-ports",
        ("TPROXY", "to-port" or "to-ports") => "on-port",
        ("recent", "second") => "seconds",
        ("connlimit", "iplimit-above") => "connlimit-above",
        ("TCPMSS", "clamp-to-pmtu" or "clamp-mss" or "clamp") => "clamp-mss-to-pmtu",
        _ => null,
    };
}
