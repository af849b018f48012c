using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Analysis;

/// <summary>
/// Looks in a table for what the kernel would refuse: a match or target in a table, under a hook or with a protocol that it is
/// not for, and chains that jump in a loop. It knows what the extensions declare, no more.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
public sealed class UsageCheck(Table table, ExtensionSet extensions)
{
    private readonly byte[] _scratch = new byte[4096];
    private readonly string _tableName = MessageText.Of(table.Name);

    /// <summary>Finds the first rule that would be refused, or null.</summary>
    /// <param name="kernelHas">Also asks whether the kernel has each match and target; null to leave that.</param>
    public Finding? FindFirst(Func<Extension, bool>? kernelHas = null)
    {
        Finding? loop = null;
        Hooks[] hooks = ReachingHooks(ref loop);
        if (loop is not null)
        {
            return loop;
        }

        List<Extension> present = [];
        foreach (Chain chain in table.Chains)
        {
            int number = 0;
            Hooks reached = hooks[chain.Id];
            foreach (Rule rule in table.Rules(chain))
            {
                number++;
                if (Explain(rule, reached, kernelHas, present) is { } reason)
                {
                    return At(chain, number, rule, reason);
                }

                reached = EndsEveryWalk(rule) ? default : reached;
            }
        }

        return null;
    }

    /// <summary>A finding about the rule that has a number among all rules of the table, from 0.</summary>
    internal Finding? RuleAt(int number, string reason)
    {
        foreach (Chain chain in table.Chains)
        {
            int inChain = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                inChain++;
                if (number-- == 0)
                {
                    return At(chain, inChain, rule, reason);
                }
            }
        }

        return null;
    }

    private Finding At(Chain chain, int number, Rule rule, string reason)
    {
        Output text = new(descriptor: -1);
        new RuleText(table, extensions, text).Write(chain, rule, showCounters: false);
        return new Finding(chain, number, rule.ComeFrom, MessageText.Of(text.Written.TrimEnd((byte)'\n')), reason);
    }

    private string? Explain(Rule rule, Hooks hooks, Func<Extension, bool>? kernelHas, List<Extension> present)
    {
        Format format = new(rule.Family, rule.Protocol, IsNumeric: true, IsListing: false);
        foreach (ExtensionRecord match in rule)
        {
            if (Explain(match, isTarget: false, rule, hooks, format, kernelHas, present) is { } reason)
            {
                return reason;
            }
        }

        ExtensionRecord target = rule.Target;
        return target.IsStandardTarget ? null : Explain(target, isTarget: true, rule, hooks, format, kernelHas, present);
    }

    private string? Explain(
        ExtensionRecord record, bool isTarget, Rule rule, Hooks hooks, in Format format, Func<Extension, bool>? kernelHas, List<Extension> present)
    {
        Extension? extension = extensions.Find(record, isTarget, _scratch, out ReadOnlySpan<byte> payload);
        if (extension is null)
        {
            return null;
        }

        if (kernelHas is not null && !present.Contains(extension))
        {
            if (!kernelHas(extension))
            {
                string name = Encoding.ASCII.GetString(record.Name);
                return $"this kernel has no {(isTarget ? "target" : "match")} {name} of revision {record.Revision}";
            }

            present.Add(extension);
        }

        Usage usage = extension.Usage;
        string what = isTarget ? $"target {extension.Name}" : $"match {extension.Name}";
        if (usage.Tables is { } tables && Array.IndexOf(tables, _tableName) < 0)
        {
            return $"{what} is only for the table {string.Join(", ", tables)}, not for {_tableName}";
        }

        if ((hooks & ~usage.Hooks) != 0)
        {
            return $"{what} may be reached only from {HookNames.Of(usage.Hooks)}, and this rule is reached from {HookNames.Of(hooks & ~usage.Hooks)}";
        }

        if (usage.Protocols is { } protocols && ((rule.Inversions & Inversions.Protocol) != 0 || Array.IndexOf(protocols, rule.Protocol) < 0))
        {
            Output names = new(descriptor: -1);
            for (int i = 0; i < protocols.Length; i++)
            {
                names.Write(i == 0 ? "-p " : " or -p ");
                ProtocolText.WriteName(protocols[i], names);
            }

            return $"{what} needs {MessageText.Of(names.Written)} in the same rule";
        }

        return (extension.Misuse(payload, format) ?? extension.Misuse(payload, rule, hooks)) is { } misuse ? $"{what}: {misuse}" : null;
    }

    /// <summary>
    /// Whether no packet gets beyond a rule: it takes them all and gives a verdict. The kernel does not look for hooks and loops
    /// behind it (mark_source_chains): rules that nothing reaches may break the rules of use of hooks.
    /// </summary>
    private static bool EndsEveryWalk(Rule rule)
    {
        int conditions = rule.Layout.TargetOffset - 4; // up to nfcache
        return rule.TargetOffset == rule.Layout.HeadSize && rule.Target is { IsStandardTarget: true, Verdict: < 0 }
            && !rule.Bytes[..conditions].ContainsAnyExcept((byte)0);
    }

    /// <summary>From which hooks each chain is reached, by its number; finds a loop on the way.</summary>
    private Hooks[] ReachingHooks(ref Finding? loop)
    {
        int count = 0;
        foreach (Chain chain in table.Chains)
        {
            count = Math.Max(count, chain.Id + 1);
        }

        Hooks[] reached = new Hooks[count];
        List<int>?[] jumps = Jumps(count);
        byte[] state = new byte[count];
        foreach (Chain chain in table.Chains)
        {
            if (chain.IsBuiltIn && loop is null)
            {
                Walk(chain.Id, (Hooks)(1 << chain.Hook), reached, jumps, state, ref loop);
            }
        }

        return reached;
    }

    private List<int>?[] Jumps(int count)
    {
        List<int>?[] jumps = new List<int>?[count];
        if (!table.OriginalHasJumps && !table.AddedHasJumps)
        {
            return jumps;
        }

        foreach (Chain chain in table.Chains)
        {
            foreach (Rule rule in table.Rules(chain))
            {
                ExtensionRecord target = rule.Target;
                if (target.IsStandardTarget && table.JumpTarget(target.Verdict) is { } to)
                {
                    List<int> list = jumps[chain.Id] ??= [];
                    if (list.Count == 0 || list[^1] != to.Id)
                    {
                        list.Add(to.Id);
                    }
                }

                if (EndsEveryWalk(rule))
                {
                    break;
                }
            }
        }

        return jumps;
    }

    /// <summary>Walks depth first, with a stack of its own: a table may nest chains as deep as it has chains.</summary>
    private void Walk(int start, Hooks hook, Hooks[] reached, List<int>?[] jumps, byte[] state, ref Finding? loop)
    {
        const byte OnPath = 1;
        Stack<(int Chain, int Next)> path = new();
        reached[start] |= hook;
        state[start] = OnPath;
        path.Push((start, 0));
        while (path.TryPop(out (int Chain, int Next) at))
        {
            if (jumps[at.Chain] is not { } list || at.Next == list.Count)
            {
                state[at.Chain] = 0;
                continue;
            }

            path.Push((at.Chain, at.Next + 1));
            int to = list[at.Next];
            if (state[to] == OnPath)
            {
                loop = LoopAt(at.Chain, to);
                return;
            }

            if ((reached[to] & hook) == 0)
            {
                reached[to] |= hook;
                state[to] = OnPath;
                path.Push((to, 0));
            }
        }
    }

    private Finding? LoopAt(int from, int to)
    {
        foreach (Chain chain in table.Chains)
        {
            if (chain.Id != from)
            {
                continue;
            }

            int number = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                number++;
                if (rule.Target.IsStandardTarget && table.JumpTarget(rule.Target.Verdict) is { } target && target.Id == to)
                {
                    return At(chain, number, rule, $"it jumps to chain {MessageText.Of(target.Name)}, from which this rule is reached: a loop");
                }
            }
        }

        return null;
    }
}
