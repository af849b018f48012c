using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Kernel;

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
        ("net.ipv4.ip_dynaddr", "0 1 2", ""),
        ("net.ipv4.tcp_ecn", "0 1 2", ""),
        ("net.ipv6.conf.all.forwarding", "0 1", ""),
        ("net.ipv6.conf.all.accept_redirects", "0", "neighbours may change the routes"),
        ("net.ipv6.conf.all.accept_source_route", "0 -1", "senders may choose the route of their packets"),
    ];

    /// <summary>Examines the settings.</summary>
    /// <param name="rulesForward">Whether rules in force are about forwarded packets.</param>
    public static IEnumerable<Observation> Examine(bool rulesForward)
    {
        string? forward = Read("net.ipv4.ip_forward");
        yield return rulesForward && forward == "0"
            ? new(Severity.Warning, Topic, "there are rules for forwarded packets, but net.ipv4.ip_forward = 0: nothing is forwarded",
                "sysctl -w net.ipv4.ip_forward=1, and the same in /etc/sysctl.d/ for the next boot.")
            : new(Severity.Good, Topic, $"net.ipv4.ip_forward = {forward ?? "not there"}");

        foreach ((string name, string good, string why) in s_usual)
        {
            if (Read(name) is { } value)
            {
                bool isGood = Array.IndexOf(good.Split(' '), value) >= 0;
                yield return new(isGood ? Severity.Good : Severity.Note, Topic, $"{name} = {value}{(isGood ? "" : $": {why}")}",
                    isGood ? null : $"sysctl -w {name}={good.Split(' ')[0]}");
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
        if (!long.TryParse(Read("net.netfilter.nf_conntrack_count"), CultureInfo.InvariantCulture, out long count)
            || !long.TryParse(Read("net.netfilter.nf_conntrack_max"), CultureInfo.InvariantCulture, out long most) || most == 0)
        {
            return null;
        }

        string text = $"{count} connections are tracked, of {most} at most";
        return count >= most * NearlyFull
            ? new(Severity.Warning, Topic, $"{text}: when it is full, new connections are dropped",
                $"sysctl -w net.netfilter.nf_conntrack_max={2 * most}, or -j CT --notrack in the raw table for what need not be tracked.")
            : new(Severity.Good, Topic, text);
    }

    private static string? Read(string name) =>
        FileReader.TryReadAll($"/proc/sys/{name.Replace('.', '/')}") is { } value ? Encoding.ASCII.GetString(value).Trim() : null;
}
