using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Diagnosis;

/// <summary>What else decides about packets on this machine, now or after the next boot.</summary>
/// <param name="rules">The rules of iptables.</param>
/// <param name="chains">The base chains of nf_tables that are none of iptables'.</param>
internal sealed class OthersCheck(RulesInForce rules, IReadOnlyList<NftBaseChain> chains)
{
    private const string Topic = "others";

    /// <summary>Services that load rules, those of one firewall together.</summary>
    private static readonly string[][] s_firewalls =
    [
        ["netfilter-persistent"], ["iptables", "ip6tables"], ["nftables"], ["ufw"], ["firewalld"], ["shorewall", "shorewall6"], ["ferm"],
        ["arno-iptables-firewall"], ["firehol"],
    ];

    private static readonly string[] s_starts = ["/etc/systemd/system/multi-user.target.wants", "/etc/systemd/system/sysinit.target.wants",
        "/etc/systemd/system/basic.target.wants", "/etc/systemd/system/network-pre.target.wants", "/etc/rc2.d"];

    /// <summary>Examines them.</summary>
    public IEnumerable<Observation> Examine()
    {
        foreach (NftBaseChain chain in chains)
        {
            bool isEmpty = chain.Rules == 0;
            bool isUsual = isEmpty && chain is { Hook: "forward", Family: "ip" or "ip6" or "inet" }; // who forwards nothing may say so
            if (chain.Drops && !isUsual)
            {
                yield return new(isEmpty ? Severity.Warning : Severity.Note, Topic,
                    $"nft's chain {chain.Family} {chain.Table} {chain.Name} drops {(isEmpty ? "every packet" : "what its rules do not accept")} at hook {chain.Hook}, whatever rules of iptables accept",
                    isEmpty ? null : "Look at it: `nft list ruleset`.",
                    isEmpty ? $"nft 'add chain {chain.Family} {chain.Table} {chain.Name} {{ policy accept; }}'" : null);
            }
        }

        if (IsRunning("/run/docker.pid", "dockerd") && rules.Chains.FindIndex(static chain => chain.Table == "nat" && chain.Chain == "DOCKER") < 0)
        {
            yield return new(Severity.Warning, Topic, "Docker runs, but its chain DOCKER in table nat is gone: published ports are not reached",
                "Who flushes all tables flushes Docker's. Docker makes its chains when it starts:", "systemctl restart docker");
        }

        List<string> starting = Starting();
        if (starting.Count > 1)
        {
            yield return new(Severity.Warning, Topic, $"{starting.Count} firewalls start at boot: {string.Join(", ", starting)}; which rules are in force depends on who comes last",
                "Keep one, and disable the others, such as:", $"systemctl disable {starting[^1]}");
        }
    }

    private static bool IsRunning(string file, string program) =>
        FileReader.TryReadAll(file) is { } text && int.TryParse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture, out int process)
        && FileReader.TryReadAll($"/proc/{process}/comm") is { } name && Encoding.ASCII.GetString(name).Trim() == program;

    /// <summary>Of each firewall that starts at boot, one of its services.</summary>
    private static List<string> Starting()
    {
        List<string> names = [];
        foreach (string folder in s_starts)
        {
            Folder.ForEach(Encoding.ASCII.GetBytes(folder), name => names.Add(MessageText.Of(name)));
        }

        List<string> starting = [];
        foreach (string[] services in s_firewalls)
        {
            if (Array.Find(services, service => names.Exists(name => name == $"{service}.service"
                || (name.StartsWith('S') && name.Length > 3 && name[3..] == service))) is { } one)
            {
                starting.Add(one);
            }
        }

        return starting;
    }
}
