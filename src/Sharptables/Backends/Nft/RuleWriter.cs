using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Writes rules as iptables over nf_tables does: what the head asks, the matches, a counter, and the target. Some extensions have expressions of
/// nf_tables (<see cref="Extension.Native"/>, <see cref="Extension.StatementIn"/>), the others are expressions with their payload in them.
/// </summary>
internal sealed class RuleWriter
{
    private readonly Table _table;
    private readonly ExtensionSet _extensions;
    private readonly NetlinkWriter _to;
    private readonly ExpressionWriter _expressions;
    private readonly ConditionWriter _conditions;
    private readonly byte[] _scratch = new byte[Extension.LargestPayload];
    private RuleForms? _forms;
    private bool _expectsMore;
    private bool _isForm; // whether a rule with other values is written in the same way

    /// <param name="table">The table that the rules are of.</param>
    /// <param name="extensions">The extensions of its family.</param>
    /// <param name="to">The message that they are written to.</param>
    public RuleWriter(Table table, ExtensionSet extensions, NetlinkWriter to)
    {
        (_table, _extensions, _to) = (table, extensions, to);
        _expressions = new ExpressionWriter(to);
        _conditions = new ConditionWriter(_expressions) { ComparesFromZero = true };
    }

    /// <summary>Whether forms of rules are looked for from the first on; else from the second, since most commands write only one.</summary>
    public bool ExpectsMany { init => _expectsMore = value && _extensions.Family.XTables is not null; }

    /// <summary>Writes the attributes of a rule that say what it does.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="firstSet">The number in the batch of the first of the sets for <see cref="LookUpsIn"/>.</param>
    /// <returns>Whether what was written is read as the very same bytes, as far as that is known.</returns>
    public bool WriteExpressions(Rule rule, uint firstSet = 0)
    {
        _conditions.NextSet = firstSet;
        int list = _to.BeginNest(NfTables.Rule.Expressions);
        bool isForm = true;
        if (_forms?.FindLike(rule) is { } like)
        {
            _to.Append(like.Expressions);
        }
        else
        {
            int start = _to.Length;
            WriteParts(rule);
            _forms ??= _expectsMore ? new RuleForms(_table, _extensions) : null;
            isForm = _isForm && _forms is not null && _forms.TryKeep(rule, _to.Bytes.Slice(start, _to.Length - start));
            _expectsMore = _extensions.Family.XTables is not null;
        }

        _to.EndNest(list);
        if (rule.Layout.HasProtocol)
        {
            RuleProtocol.Write(rule.Protocol, rule.IsProtocolInverted, _to);
        }

        return isForm;
    }

    private void WriteParts(Rule rule)
    {
        _isForm = true;
        if (!rule.HasNoConditions)
        {
            WriteConditions(_extensions.Head.Match, rule.Conditions);
        }

        foreach (ExtensionRecord match in rule)
        {
            Write(match, isTarget: false, rule);
        }

        _expressions.Counter(rule.Counters);
        ExtensionRecord target = rule.Target;
        if (target.IsStandardTarget)
        {
            Write(target.Verdict, rule.IsGoto);
        }
        else
        {
            Write(target, isTarget: true, rule);
        }
    }

    private void Write(int verdict, bool isGoto)
    {
        switch (verdict)
        {
            case Verdict.Continue:
                break;
            case Verdict.Drop when _table.RoutesDropped:
                _expressions.Write(new Statement.Set(MetaKey.Broute, 1));
                _expressions.Verdict(NfTables.Verdict.Accept);
                break;
            case Verdict.Return:
                _expressions.Verdict(NfTables.Verdict.Return);
                break;
            case Verdict.Queue:
                _expressions.Queue();
                break;
            case < 0:
                _expressions.Verdict(-verdict - 1);
                break;
            default:
                _expressions.Verdict(isGoto ? NfTables.Verdict.Goto : NfTables.Verdict.Jump, NftOrigin.NameIn(_table, _table.JumpTarget(verdict)!));
                break;
        }
    }

    private void Write(ExtensionRecord record, bool isTarget, Rule rule)
    {
        Extension? extension = _extensions.FindByHead(record, isTarget);
        ReadOnlySpan<byte> payload = extension is null ? default : record.Payload[..extension.PayloadSize];
        extension ??= _extensions.Find(record, isTarget, _scratch, out payload);
        if (extension is not null && SaysOnlyNative(extension, payload) && WriteConditions(extension, payload))
        {
            CheckProtocol(extension, rule);
            return;
        }

        if (extension?.StatementIn(payload) is { } statement)
        {
            _expressions.Write(statement);
        }
        else
        {
            _isForm &= extension is not ({ Native.Length: > 0 } or { HasStatementForSome: true });
            _expressions.Extension(record, isTarget || extension is { IsWatcher: true });
        }
    }

    /// <summary>What x_tables would check of its own extension, nf_tables does not of expressions.</summary>
    private static void CheckProtocol(Extension extension, Rule rule)
    {
        if (extension.Usage.Protocols is { } protocols && (rule.IsProtocolInverted || !protocols.AsSpan().Contains(rule.Protocol)))
        {
            throw new UsageException($"{extension.Name.ToUpperInvariant()} match requires '-p {extension.Name}'") { Line = rule.Line };
        }
    }

    private static bool SaysOnlyNative(Extension extension, ReadOnlySpan<byte> payload)
    {
        if (extension.Native.Length == 0)
        {
            return false;
        }

        foreach (Option option in extension.NotNative)
        {
            if (option.IsWritten(payload))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The conditions of a rule that are looked up in sets, in the order in which they are written.</summary>
    public List<Condition> LookUpsIn(Rule rule)
    {
        List<Condition> lookUps = [];
        foreach (ExtensionRecord match in rule)
        {
            if (_extensions.Find(match, isTarget: false, _scratch, out ReadOnlySpan<byte> payload) is { LooksUp: true } extension)
            {
                lookUps.AddRange(PartsIn(extension, payload).FindAll(static part => ConditionWriter.LooksUp(part)));
            }
        }

        return lookUps;
    }

    /// <summary>What the conditions of a match that looks up consist of, each once: first what must hold before anything is looked up.</summary>
    private List<Condition> PartsIn(Extension extension, ReadOnlySpan<byte> payload)
    {
        List<Condition> guards = [], lookUps = [];
        foreach (Condition condition in extension.ConditionsIn(payload, _extensions.Family, out _))
        {
            foreach (Condition part in condition.Field.Split(condition)!)
            {
                if (ConditionWriter.LooksUp(part))
                {
                    lookUps.Add(part);
                }
                else if (!guards.Contains(part))
                {
                    guards.Add(part);
                }
            }
        }

        return [.. guards, .. lookUps];
    }

    /// <summary>Writes the conditions of an extension; false if it has none.</summary>
    private bool WriteConditions(Extension extension, ReadOnlySpan<byte> payload)
    {
        int start = _expressions.Length;
        foreach (Condition part in extension.LooksUp ? PartsIn(extension, payload) : [])
        {
            _conditions.Write(part);
        }

        if (extension.LooksUp)
        {
            return true;
        }

        foreach (Option option in extension.Native)
        {
            if (option.IsAsked(payload))
            {
                _conditions.Write(option.ConditionIn(payload, _extensions.Family));
            }
        }

        _conditions.Flush();
        return _expressions.Length > start;
    }
}
