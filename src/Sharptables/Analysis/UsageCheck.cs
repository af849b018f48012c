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
/// Finds what the kernel would refuse in a table: a match or target in the wrong table, under the wrong hook or with the wrong protocol,
/// and chains that jump in a loop. It knows only what the extensions declare.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class UsageCheck(Table table, ExtensionSet extensions)
{
    private readonly byte[] _scratch = new byte[Extension.LargestPayload];
    private readonly List<(Extension Extension, Usage Usage, bool IsThere)> _known = [];
    private Hooks? _suits; // during the survey: the hooks that suit all rules of the chain so far
    private readonly string _tableName = MessageText.Of(table.Name);

    /// <summary>Finds the first rule that would be refused, or null.</summary>
    /// <param name="kernelHas">Whether the kernel has an extension; null to skip that check.</param>
    /// <remarks>
    /// A large table is read once. That survey collects the jumps and the hooks that suit each chain, and checks each rule as though every
    /// hook of the table reached it. Only what is still in doubt is checked again, once it is known which hooks reach it.
    /// </remarks>
    public Finding? FindFirst(Func<Extension, bool>? kernelHas = null) => Find(1, kernelHas) is [var first, ..] ? first : null;

    /// <summary>The same for as many rules.</summary>
    public List<Finding> Find(int most, Func<Extension, bool>? kernelHas = null)
    {
        _known.Clear();
        table.ReadAll();
        JumpGraph jumps = new(table);
        Hooks all = AllHooks();
        Hooks[] suits = new Hooks[table.ChainsByNumber.Length];
        List<Chain> doubtful = [];
        foreach (Chain chain in table.ChainsByNumber)
        {
            _suits = Hooks.All;
            if (!Survey(chain, all, jumps, kernelHas))
            {
                doubtful.Add(chain);
            }

            suits[chain.Id] = _suits.Value;
        }

        _suits = null;

        Hooks[] reached = jumps.ReachingHooks(out (int From, int To)? cycle);
        Finding? loop = cycle is { } jump ? LoopAt(jump.From, jump.To) : null;
        List<Finding> found = [];
        if (loop is not null || !(MisfitsAny(reached, suits) || doubtful.Exists(chain => Find(chain, reached[chain.Id], kernelHas, 1, []))))
        {
            return loop is null ? [] : [loop];
        }

        foreach (Chain chain in table.Chains)
        {
            if (Find(chain, reached[chain.Id], kernelHas, most, found))
            {
                break;
            }
        }

        return found;
    }

    private static bool MisfitsAny(Hooks[] reached, Hooks[] suits)
    {
        for (int chain = 0; chain < reached.Length; chain++)
        {
            if ((reached[chain] & ~suits[chain]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private Hooks AllHooks()
    {
        Hooks all = Hooks.None;
        foreach (Chain chain in table.ChainsByNumber)
        {
            all |= chain.IsBuiltIn ? (Hooks)(1 << chain.Hook) : Hooks.None;
        }

        return all;
    }

    /// <summary>Collects the jumps of a chain and the hooks that suit it; false if a rule is wrong apart from those.</summary>
    private bool Survey(Chain chain, Hooks hooks, JumpGraph jumps, Func<Extension, bool>? kernelHas)
    {
        bool isRight = true;
        bool isReached = true;
        jumps.Begin(chain);
        foreach (Rule rule in table.Rules(chain))
        {
            isRight = isRight && Explain(rule, isReached ? hooks : default, kernelHas) is null;
            if (isReached)
            {
                jumps.Add(rule.Target);
                isReached = !EndsEveryWalk(rule);
            }
        }

        return isRight;
    }

    /// <summary>Adds what is wrong in a chain; true when there are enough.</summary>
    private bool Find(Chain chain, Hooks reached, Func<Extension, bool>? kernelHas, int most, List<Finding> found)
    {
        int number = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            number++;
            if (Explain(rule, reached, kernelHas) is { } reason)
            {
                found.Add(At(chain, number, rule, reason));
                if (found.Count >= most)
                {
                    return true;
                }
            }

            reached = EndsEveryWalk(rule) ? default : reached;
        }

        return false;
    }

    /// <summary>A finding about the rule of that number among all rules of the table, from 0.</summary>
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

    /// <summary>A finding about the rule from that line of input.</summary>
    internal Finding? RuleOfLine(int line, string reason)
    {
        foreach (Chain chain in table.Chains)
        {
            int inChain = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                inChain++;
                if (rule.Line == line)
                {
                    return At(chain, inChain, rule, reason);
                }
            }
        }

        return null;
    }

    private Finding At(Chain chain, int number, Rule rule, string reason)
    {
        Output text = new(Output.Kept);
        new RuleText(table, extensions, text).Write(chain, rule, showCounters: false);
        return new Finding(chain, number, rule.Line, MessageText.Of(text.Written.TrimEnd((byte)'\n')), reason);
    }

    private string? Explain(Rule rule, Hooks hooks, Func<Extension, bool>? kernelHas)
    {
        Format format = new(rule.Family, extensions.Names, rule.Protocol, IsNumeric: true, IsListing: false);
        foreach (ExtensionRecord match in rule)
        {
            if (Explain(match, isTarget: false, rule, hooks, format, kernelHas) is { } reason)
            {
                return reason;
            }
        }

        ExtensionRecord target = rule.Target;
        return target.IsStandardTarget ? null : Explain(target, isTarget: true, rule, hooks, format, kernelHas);
    }

    private string? Explain(
        ExtensionRecord record, bool isTarget, Rule rule, Hooks hooks, in Format format, Func<Extension, bool>? kernelHas)
    {
        Extension? extension = extensions.Find(record, isTarget, _scratch, out ReadOnlySpan<byte> payload);
        if (extension is null)
        {
            return null;
        }

        (_, Usage usage, bool isThere) = Know(extension, kernelHas);
        if (!isThere)
        {
            string name = Encoding.ASCII.GetString(record.Name);
            return $"this kernel has no {(isTarget ? "target" : "match")} {name} of revision {record.Revision}";
        }

        if (usage.IsLegacy && table.Interface != KernelInterface.Legacy)
        {
            return $"the kernel takes {What(extension)} only over the legacy interface";
        }

        if (usage.Tables is { } tables && Array.IndexOf(tables, _tableName) < 0)
        {
            return $"{What(extension)} is only for the table {string.Join(", ", tables)}, not for {_tableName}";
        }

        if (_suits is { } suits)
        {
            _suits = (hooks & ~usage.Hooks) != 0 ? suits & usage.Hooks : suits;
        }
        else if ((hooks & ~usage.Hooks) != 0)
        {
            Family family = extensions.Family;
            return $"{What(extension)} may be reached only from {family.NamesOf(usage.Hooks)}, and this rule is reached from {family.NamesOf(hooks & ~usage.Hooks)}";
        }

        if (usage.Protocols is { } protocols && (rule.IsProtocolInverted || Array.IndexOf(protocols, rule.Protocol) < 0))
        {
            string[] names = Array.ConvertAll(protocols, protocol => $"-p {extension.NameOfProtocol(protocol, extensions.Names)}");
            return $"{What(extension)} needs {string.Join(" or ", names)} in the same rule";
        }

        return (extension.Misuse(payload, format) ?? extension.Misuse(payload, rule, hooks)) is { } misuse ? $"{What(extension)}: {misuse}" : null;
    }

    /// <summary>What is known of an extension, asked once and not for each rule.</summary>
    private (Extension Extension, Usage Usage, bool IsThere) Know(Extension extension, Func<Extension, bool>? kernelHas)
    {
        foreach ((Extension Extension, Usage Usage, bool IsThere) known in _known)
        {
            if (ReferenceEquals(known.Extension, extension))
            {
                return known;
            }
        }

        _known.Add((extension, extension.Usage, kernelHas is null || kernelHas(extension)));
        return _known[^1];
    }

    private static string What(Extension extension) => extension.IsTarget ? $"target {extension.Name}" : $"match {extension.Name}";

    /// <summary>
    /// Whether no packet gets past a rule: it matches all and gives a verdict. The kernel does not look for hooks and loops behind it
    /// (mark_source_chains), so unreachable rules may be under the wrong hook.
    /// </summary>
    private static bool EndsEveryWalk(Rule rule) =>
        rule.TargetOffset == rule.Layout.HeadSize && rule.Target is { IsStandardTarget: true, Verdict: < 0 } && rule.HasNoConditions;

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
