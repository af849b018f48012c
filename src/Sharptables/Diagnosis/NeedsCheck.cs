using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Diagnosis;

/// <summary>What the rules in force need beside themselves: settings of the kernel, programs that listen, interfaces, a clock.</summary>
/// <param name="rules">The rules.</param>
internal sealed class NeedsCheck(RulesInForce rules)
{
    private const string Topic = "rules";
    private const int FirstYear = 2024; // of this program; a clock before it has not been set

    private static readonly (string Helper, string Protocol, int Port)[] s_helpers =
    [
        ("ftp", "tcp", 21), ("tftp", "udp", 69), ("sip", "udp", 5060), ("irc", "tcp", 6667), ("pptp", "tcp", 1723), ("amanda", "udp", 10080),
        ("RAS", "udp", 1719), ("Q.931", "tcp", 1720), ("sane", "tcp", 6566), ("snmp", "udp", 161), ("netbios-ns", "udp", 137),
    ];

    private readonly List<Observation> _found = [];

    /// <summary>Examines what the rules need.</summary>
    public IReadOnlyList<Observation> Examine()
    {
        foreach (Family family in Family.OfXTables())
        {
            Forwarding(family);
            Bridge(family);
            Input(family);
            Neighbours(family);
            ReversePath(family);
            LocalNetwork(family);
        }

        SynProxy();
        Helpers();
        Queues();
        Groups();
        Logs();
        Clock();
        Interfaces();
        return _found;
    }

    private void Forwarding(Family family)
    {
        string setting = family.ForwardingSetting!;
        RuleInForce? rule = rules.ReachedFrom(family, "filter", "FORWARD").Find(static rule => rule.Target == "ACCEPT")
            ?? rules.Find(rule => rule.Family == family && rule is { Table: "nat", Chain: "POSTROUTING" });
        if (rule is not null && KernelSettings.Read(setting) == "0")
        {
            _found.Add(new(Severity.Warning, Topic, $"there are rules for forwarded packets, but {setting} = 0: nothing is forwarded",
                "Now, and in /etc/sysctl.d/ for the next boot:", $"sysctl -w {setting}=1"));
        }
    }

    private void Bridge(Family family)
    {
        string setting = $"net.bridge.bridge-nf-call-{family.Program}";
        string? value = KernelSettings.Read(setting);
        if (value is not "1" && rules.Find(rule => rule.Family == family && rule.Has("physdev")) is { } rule)
        {
            _found.Add(new(Severity.Warning, Topic, $"{rule.Where} asks for the port of a bridge, but {setting} is not 1: bridged packets do not come to it", null,
                value is null ? "modprobe br_netfilter" : $"sysctl -w {setting}=1"));
        }
    }

    /// <summary>Whether the answers to what this machine asks come in, and its own programs reach each other.</summary>
    private void Input(Family family)
    {
        int at = rules.Chains.FindIndex(known => known.Family == family && known is { Table: "filter", Chain: "INPUT", Policy: "DROP" });
        if (at < 0 || rules.ReachedFrom(family, "filter", "INPUT") is not { Count: > 0 } reached)
        {
            return;
        }

        string program = rules.Chains[at].Program;
        bool takes = reached.Exists(static rule => rule.Target == "ACCEPT"
            && ((rule.After("--ctstate") ?? rule.After("--state"))?.Contains("ESTABLISHED", StringComparison.Ordinal) == true
                || rule.Says("--tcp-flags") || rule.Says("--sport") || rule.Says("--sports") || rule.Says("-s")));
        if (!takes && !reached.Exists(static rule => rule.TakesAll && rule.Target is not ("LOG" or "NFLOG" or "RETURN")))
        {
            _found.Add(new(Severity.Note, Topic, $"{family.Name}: INPUT drops, and no rule takes packets of established connections: answers to this machine are lost", null,
                $"{program} -I INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"));
        }

        if (!reached.Exists(static rule => rule.After("-i") == "lo" || rule.TakesAll || rule.Says("-s")))
        {
            _found.Add(new(Severity.Note, Topic, $"{family.Name}: INPUT drops, and no rule is about lo: programs of this machine cannot talk to each other", null,
                $"{program} -I INPUT -i lo -j ACCEPT"));
        }
    }

    /// <summary>Whether a family that finds its neighbours by ICMP can, if any of its packets are to come in.</summary>
    private void Neighbours(Family family)
    {
        int at = rules.Chains.FindIndex(known => known.Family == family && known is { Table: "filter", Chain: "INPUT" });
        if (at >= 0 && family.HasColonsInAddresses && RulesCheck.HasAddresses(family) && !TakesNeighbours(family, "INPUT", [], rules.Chains[at].Policy == "ACCEPT")
            && rules.ReachedFrom(family, "filter", "INPUT").Exists(static rule => rule.Target == "ACCEPT" && rule.After("-i") != "lo"))
        {
            _found.Add(new(Severity.Warning, Topic, $"{family.Name}: INPUT drops the ICMP by which neighbours find each other: no other packets can come in for long", null,
                $"{rules.Chains[at].Program} -I INPUT -p ipv6-icmp -j ACCEPT"));
        }
    }

    /// <summary>Whether a packet by which a neighbour is found may be taken in a chain.</summary>
    private bool TakesNeighbours(Family family, string chain, HashSet<string> seen, bool atEnd)
    {
        foreach (RuleInForce rule in rules.Of(family, "filter", chain))
        {
            if (!MayTakeNeighbours(rule))
            {
                continue;
            }

            if (rule.Target is "ACCEPT" or "QUEUE" or "NFQUEUE" || (seen.Add(rule.Target) && TakesNeighbours(family, rule.Target, seen, atEnd: false)))
            {
                return true;
            }

            if (rule.TakesAll && rule.Target is "DROP" or "REJECT" or "RETURN")
            {
                return rule.Target == "RETURN" && atEnd;
            }
        }

        return atEnd;
    }

    /// <summary>Whether no condition of a rule says that it is about something else than what neighbours ask.</summary>
    private static bool MayTakeNeighbours(RuleInForce rule) => rule.Text.Contains(" ! ", StringComparison.Ordinal)
        || (rule.After("-p") is null or "ipv6-icmp" && rule.After("-i") != "lo"
            && (rule.After("--ctstate") ?? rule.After("--state"))?.Contains("UNTRACKED", StringComparison.Ordinal) != false);

    private void ReversePath(Family family)
    {
        string setting = $"{SettingsOf(family)}.conf.all.rp_filter"; // which IPv6 does not have
        if (KernelSettings.Read(setting) == "1"
            && rules.Find(rule => rule.Family == family && rule.Table == "mangle" && rule.Target is "MARK" or "CONNMARK" or "TPROXY") is { } rule)
        {
            _found.Add(new(Severity.Note, Topic, $"{rule.Where} may give packets another route, and {setting} = 1: answers that come another way are dropped without a rule",
                "With 2 it is enough that there is a way back:", $"sysctl -w {setting}=2"));
        }
    }

    private void LocalNetwork(Family family)
    {
        string setting = $"{SettingsOf(family)}.conf.all.route_localnet"; // as above
        RuleInForce? rule = rules.Find(rule => rule is { Table: "nat", Target: "DNAT" } && rule.Family == family && rule.Chain != "OUTPUT"
            && rule.After("--to-destination")?.StartsWith("127.", StringComparison.Ordinal) == true);
        if (rule is not null && KernelSettings.Read(setting) == "0"
            && (rule.After("-i") is not { } device || KernelSettings.Read($"{SettingsOf(family)}.conf.{device}.route_localnet") != "1"))
        {
            _found.Add(new(Severity.Warning, Topic, $"{rule.Where} sends packets from outside to {rule.After("--to-destination")}, but {setting} = 0: they are dropped", null,
                $"sysctl -w {setting}=1"));
        }
    }

    /// <summary>The beginning of the names of a family's settings.</summary>
    private static string SettingsOf(Family family) => $"net.ipv{family.Letter}";

    private void SynProxy()
    {
        const string Setting = "net.netfilter.nf_conntrack_tcp_loose";
        if (rules.Find(static rule => rule.Target == "SYNPROXY") is { } rule && KernelSettings.Read(Setting) == "1")
        {
            _found.Add(new(Severity.Warning, Topic, $"{rule.Where} waits for the answer to its SYN+ACK as an invalid packet, but {Setting} = 1: it is taken for a connection", null,
                $"sysctl -w {Setting}=0"));
        }
    }

    private void Helpers()
    {
        if (rules.Find(rule => rule.After("--helper") is { } helper && rule.Has("helper") && IsUnassigned(helper)) is not { } rule)
        {
            return;
        }

        string name = rule.After("--helper")!;
        int known = Array.FindIndex(s_helpers, helper => helper.Helper == name);
        _found.Add(new(Severity.Warning, Topic, $"{rule.Where} asks for connections of the helper {name}, and no rule gives it to any (-j CT --helper): it matches none",
            known < 0 ? $"A rule in table raw has to: -j CT --helper {name}." : null,
            known < 0 ? null : $"{rule.Program} -t raw -A PREROUTING -p {s_helpers[known].Protocol} --dport {s_helpers[known].Port} -j CT --helper {name}"));
    }

    private bool IsUnassigned(string helper) => KernelSettings.Read("net.netfilter.nf_conntrack_helper") is not "1"
        && rules.Find(rule => rule.Target == "CT" && rule.After("--helper") == helper) is null;

    /// <summary>Rules that give packets to programs: without one the packets are dropped.</summary>
    private void Queues()
    {
        HashSet<string> listening = FirstColumn("/proc/net/netfilter/nfnetlink_queue");
        foreach (RuleInForce rule in rules.All)
        {
            string queue = rule.After("--queue-num") ?? rule.After("--queue-balance")?.Split(':')[0] ?? "0";
            if (rule.Target is "NFQUEUE" or "QUEUE" && !rule.Says("--queue-bypass") && !listening.Contains(queue))
            {
                bool canBypass = rule.Target == "NFQUEUE";
                _found.Add(new(Severity.Warning, Topic, $"{rule.Where} gives packets to queue {queue}, which no program reads: they are dropped",
                    canBypass ? "Start the program, or let the packets pass while it does not run:" : "Start the program.",
                    canBypass ? rule.ReplacedWith("--queue-bypass") : null));
            }
        }
    }

    private void Groups()
    {
        HashSet<string> listening = FirstColumn("/proc/net/netfilter/nfnetlink_log");
        if (rules.Find(rule => rule.Target == "NFLOG" && !listening.Contains(rule.After("--nflog-group") ?? "0")) is { } rule)
        {
            _found.Add(new(Severity.Note, Topic, $"{rule.Where} logs to group {rule.After("--nflog-group") ?? "0"}, which no program reads: nothing is written",
                "ulogd(8) does, or `tcpdump -i nflog:GROUP`."));
        }
    }

    /// <summary>The first words of the lines of a file; none if it is not there.</summary>
    private static HashSet<string> FirstColumn(string file)
    {
        HashSet<string> words = [];
        foreach (string line in Encoding.ASCII.GetString(FileReader.TryReadAll(file) ?? []).Split('\n'))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var word, ..] columns && (columns.Length < 2 || columns[1] != "NONE"))
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>Only the first network namespace has the setting that lets others write to the kernel's log.</summary>
    private void Logs()
    {
        const string Setting = "net.netfilter.nf_log_all_netns";
        if (rules.Find(static rule => rule.Target == "LOG") is { } rule && KernelSettings.Read(Setting) is null
            && KernelSettings.Read("net.netfilter.nf_log.2") is not null)
        {
            _found.Add(new(Severity.Note, Topic, $"{rule.Where} writes to the kernel's log only if the machine outside of this network namespace has {Setting} = 1",
                $"There: sysctl -w {Setting}=1. Here -j NFLOG needs no permission."));
        }
    }

    private void Clock()
    {
        if (rules.Find(static rule => rule.Has("time")) is { } rule && DateTime.UtcNow is { Year: < FirstYear } now)
        {
            _found.Add(new(Severity.Warning, Topic,
                string.Create(CultureInfo.InvariantCulture, $"{rule.Where} asks for the time, and the clock says {now:yyyy-MM-dd}: it has not been set"),
                "Set it (`date -s`), and let it be kept: chrony(8), systemd-timesyncd(8)."));
        }
    }

    private void Interfaces()
    {
        List<string> there = NetworkInterface.Names();
        Dictionary<string, RuleInForce> missing = [];
        foreach (RuleInForce rule in rules.All)
        {
            foreach (string option in (string[])["-i", "-o"])
            {
                if (rule.After(option) is { } name && !name.EndsWith('+') && !there.Contains(name))
                {
                    _ = missing.TryAdd(name, rule);
                }
            }
        }

        foreach ((string name, RuleInForce rule) in missing)
        {
            _found.Add(new(Severity.Note, Topic, $"{rule.Where} names interface {name}, which is not there",
                $"If it is not one that comes later: this machine has {string.Join(", ", there)}."));
        }
    }
}
