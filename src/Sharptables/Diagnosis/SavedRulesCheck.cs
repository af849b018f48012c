using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Editing;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Diagnosis;

/// <summary>Whether the files of rules that are loaded at boot can be loaded.</summary>
/// <param name="rules">The rules in force.</param>
internal sealed class SavedRulesCheck(RulesInForce rules)
{
    private const string Topic = "files";

    /// <summary>Where sets are made at boot; the first is that of Debian's ipset-persistent.</summary>
    private static readonly string[] s_sets = ["/etc/iptables/ipsets", "/etc/ipset.conf", "/etc/sysconfig/ipset", "/etc/ipset.rules"];

    /// <summary>Examines the files that are there.</summary>
    public IEnumerable<Observation> Examine()
    {
        foreach (Family family in Family.OfXTables())
        {
            // Of Debian, Red Hat, Arch, and old documents.
            foreach (string path in (string[])[$"/etc/iptables/rules.v{family.Letter}", $"/etc/sysconfig/{family.Program}", $"/etc/iptables/{family.Program}.rules",
                $"/etc/{family.Program}.up.rules"])
            {
                if (FileReader.TryReadAll(path) is { } text)
                {
                    foreach (Observation observation in Examine(path, text, family))
                    {
                        yield return observation;
                    }
                }
            }
        }
    }

    private IEnumerable<Observation> Examine(string path, byte[] text, Family family)
    {
        RulesInForce saved = new();
        if (Load(text, family, saved) is { } failure)
        {
            yield return new(Severity.Warning, Topic, $"{path} cannot be loaded: {failure}",
                $"`{family.Program}-restore --test {path}` says more.{(IsInForce(family) ? " The rules in force can be written there:" : "")}",
                IsInForce(family) ? $"{family.Program}-save >{path}" : null);
            yield break;
        }

        yield return new(Severity.Good, Topic, $"{path} can be loaded");
        foreach (string set in Unmade(saved))
        {
            yield return new(Severity.Warning, Topic, $"{path} names the set {set}, which no file makes at boot: it will not be loaded",
                "Sets must be there before the rules that name them.", IsThere(set)
                    ? $"ipset save {set} >>{s_sets[0]}"
                    : $"ipset create {set} hash:net family ipv{family.Letter} && ipset save {set} >>{s_sets[0]}");
        }
    }

    private bool IsInForce(Family family) => rules.Find(rule => rule.Family == family) is not null;

    private static string? Load(byte[] text, Family family, RulesInForce into)
    {
        try
        {
            using RuleSet set = RuleSet.Parse(text, family);
            foreach (Table table in set.Tables)
            {
                into.Add(table, set.Extensions, family.Program);
            }

            return null;
        }
        catch (RestoreException e)
        {
            string message = e.Error.Message.EndsWith(" failed", StringComparison.Ordinal) ? e.Error.Hint ?? "it is no line of such a file" : e.Error.Message;
            return $"line {e.FaultLine}, {MessageText.Of(e.Text)}: {message}";
        }
    }

    /// <summary>The sets that rules name and nothing makes.</summary>
    private static List<string> Unmade(RulesInForce saved)
    {
        List<string> unmade = [];
        string made = "";
        foreach (string path in s_sets)
        {
            made += Encoding.UTF8.GetString(FileReader.TryReadAll(path) ?? []) + "\n";
        }

        foreach (RuleInForce rule in saved.All)
        {
            foreach (string option in (string[])["--match-set", "--add-set", "--del-set", "--map-set"])
            {
                if (rule.After(option) is { } set && !unmade.Contains(set) && !made.Contains($"create {set} ", StringComparison.Ordinal)
                    && !made.Contains($"-N {set} ", StringComparison.Ordinal))
                {
                    unmade.Add(set);
                }
            }
        }

        return unmade;
    }

    private static bool IsThere(string set)
    {
        try
        {
            using IpSetSocket sets = new();
            return sets.Find(Encoding.UTF8.GetBytes(set), out _) != IpSetSocket.NoSet;
        }
        catch (KernelException)
        {
            return false;
        }
    }
}
