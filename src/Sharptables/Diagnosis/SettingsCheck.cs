using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sharptables.Diagnosis;

/// <summary>The kernel settings (sysctl) that firewalls rely on.</summary>
internal static class SettingsCheck
{
    private const string Topic = "settings";
    private const double NearlyFull = 0.8;

    /// <summary>Settings that firewall scripts usually make, the good values, and the reason.</summary>
    private static readonly (string Name, string Good, string Why)[] s_usual =
    [
        ("net.ipv4.tcp_syncookies", "1 2", "a flood of SYN packets can fill the queue of new connections"),
        ("net.ipv4.icmp_echo_ignore_broadcasts", "1", "pings to a broadcast address are answered"),
        ("net.ipv4.conf.all.accept_source_route", "0", "senders may choose the route of their packets"),
        ("net.ipv4.conf.all.accept_redirects", "0", "neighbours may change the routes"),
        ("net.ipv4.conf.all.send_redirects", "0", "a router sends its neighbours redirects to shorter routes"),
        ("net.ipv4.conf.all.rp_filter", "1 2", "packets are accepted whose source address is not behind their interface"),
        ("net.ipv4.conf.default.rp_filter", "1 2", "this applies to interfaces added later"),
        ("net.ipv4.conf.all.log_martians", "0 1", ""),
        ("net.ipv4.ip_forward", "0 1", ""),
        ("net.ipv4.ip_dynaddr", "0 1 2", ""),
        ("net.ipv4.tcp_ecn", "0 1 2", ""),
        ("net.ipv6.conf.all.forwarding", "0 1", ""),
        ("net.ipv6.conf.all.accept_redirects", "0", "neighbours may change the routes"),
        ("net.ipv6.conf.all.accept_source_route", "0 -1", "senders may choose the route of their packets"),
    ];

    /// <summary>Examines the settings.</summary>
    public static IEnumerable<Observation> Examine()
    {
        foreach ((string name, string good, string why) in s_usual)
        {
            if (KernelSettings.Read(name) is { } value)
            {
                bool isGood = Array.IndexOf(good.Split(' '), value) >= 0;
                yield return new(isGood ? Severity.Good : Severity.Note, Topic, $"{name} = {value}{(isGood ? "" : $": {why}")}",
                    Remedy: isGood ? null : $"sysctl -w {name}={good.Split(' ')[0]}");
            }
        }

        if (Connections() is { } connections)
        {
            yield return connections;
        }
    }

    /// <summary>The fill level of the connection tracking table: when it is full, new connections are dropped.</summary>
    private static Observation? Connections()
    {
        if (!long.TryParse(KernelSettings.Read("net.netfilter.nf_conntrack_count"), CultureInfo.InvariantCulture, out long count)
            || !long.TryParse(KernelSettings.Read("net.netfilter.nf_conntrack_max"), CultureInfo.InvariantCulture, out long most) || most == 0)
        {
            return null;
        }

        string text = $"{count} connections are tracked, of {most} at most";
        return count >= most * NearlyFull
            ? new(Severity.Warning, Topic, $"{text}: when it is full, new connections are dropped",
                "Let more be tracked, or use -j CT --notrack in the raw table for what need not be tracked.", $"sysctl -w net.netfilter.nf_conntrack_max={2 * most}")
            : new(Severity.Good, Topic, text);
    }
}
