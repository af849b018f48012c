using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Writes rules as commands, as <c>iptables-save</c> and <c>-S</c> do, so that reading them makes the same rules again.
/// </summary>
/// <param name="table">The table of the rules.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="output">Where to write.</param>
internal sealed class RuleText(Table table, ExtensionSet extensions, Output output)
{
    private const string InBrackets = "; it is shown in brackets, and what was saved cannot be restored";

    private readonly Dialect _dialect = Dialect.Of(extensions.Family);
    private readonly byte[] _scratch = new byte[Extension.LargestPayload];
    private readonly ChainNames _names = new(table, extensions);
    private string? _fault;

    /// <summary>The first thing written that cannot be read again, why, and how it is shown, or null.</summary>
    public string? Unreadable { get; private set; }

    /// <summary>Writes a chain as iptables-save does: <c>:CHAIN POLICY [packets:bytes]</c>; without counters where a save has none.</summary>
    public void WriteChainLine(Chain chain)
    {
        output.Write((byte)':');
        WriteChainName(chain);
        output.Write((byte)' ');
        output.Write(chain.IsBuiltIn || extensions.Family.HasUserPolicies ? StandardVerdict.Name(chain.Policy) : "-"u8);
        if (_dialect.HasCommit)
        {
            output.Write((byte)' ');
            WriteCounters(chain.IsBuiltIn ? chain.PolicyCounters : default);
        }

        output.Write((byte)'\n');
    }

    /// <summary>Writes a chain as <c>-S</c> does: <c>-P CHAIN POLICY</c> or <c>-N CHAIN</c>.</summary>
    public void WriteChainCommand(Chain chain, bool showCounters)
    {
        output.Write(chain.IsBuiltIn ? "-P "u8 : "-N "u8);
        WriteChainName(chain);
        if (chain.IsBuiltIn)
        {
            output.Write((byte)' ');
            output.Write(StandardVerdict.Name(chain.Policy));
            if (showCounters)
            {
                output.Write(" -c "u8);
                output.WriteNumber(chain.PolicyCounters.Packets);
                output.Write((byte)' ');
                output.WriteNumber(chain.PolicyCounters.Bytes);
            }
        }

        output.Write((byte)'\n');
    }

    /// <summary>Writes counters as in front of a rule: <c>[packets:bytes]</c>.</summary>
    public void WriteCounters(XtCounters counters)
    {
        output.Write((byte)'[');
        output.WriteNumber(counters.Packets);
        output.Write((byte)':');
        output.WriteNumber(counters.Bytes);
        output.Write((byte)']');
    }

    /// <summary>Writes a rule as <c>-A CHAIN ...</c>, and a line feed; one that only nf_tables has as a comment.</summary>
    /// <param name="chain">The chain of the rule.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="showCounters">Whether to include <c>-c packets bytes</c>.</param>
    public void Write(Chain chain, Rule rule, bool showCounters)
    {
        output.Write("-A "u8);
        int start = output.Length;
        _fault = _names.Fault(chain);
        QuotedText.WriteName(chain.Name, output);
        WriteBody(rule, new Format(rule.Family, extensions.Names, rule.Protocol, IsNumeric: true, IsListing: false), showCounters);
        if (_fault is not null || output.Written[start..].ContainsAnyInRange((byte)0, (byte)0x1f))
        {
            Finish(chain, rule, start);
        }

        output.Write((byte)'\n');
    }

    /// <summary>Writes conditions and target of a rule, each with a leading blank.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="format">How values are written.</param>
    /// <param name="showCounters">Whether to include <c>-c packets bytes</c>.</param>
    public void WriteBody(Rule rule, in Format format, bool showCounters)
    {
        int start = output.Length;
        if (_dialect.PutsTargetFirst)
        {
            WriteTarget(rule, format, between: rule.Conditions);
            output.Write(output.Length == start ? " "u8 : default); // so that something stands behind the chain
            return;
        }

        WriteHead(rule.Conditions, format);
        foreach (ExtensionRecord match in rule)
        {
            WriteRecord(_dialect.NamesMatches ? " -m "u8 : default, match, isTarget: false, format);
        }

        if (showCounters)
        {
            output.Write(" -c "u8);
            output.WriteNumber(rule.Counters.Packets);
            output.Write((byte)' ');
            output.WriteNumber(rule.Counters.Bytes);
        }

        WriteTarget(rule, format, between: default);
    }

    private void WriteHead(ReadOnlySpan<byte> conditions, in Format format)
    {
        extensions.Head.Match.Save(conditions, output, format);
        _fault ??= extensions.Head.Fault(conditions);
    }

    /// <summary>
    /// Checks a written rule for control characters: a line end would make two lines of it, and the second would be a rule hidden in a
    /// comment. Such a rule, and one that would be read as another rule, is written in a form that no program reads.
    /// </summary>
    private void Finish(Chain chain, Rule rule, int start)
    {
        if (ForeignRule.Is(rule.Target))
        {
            Unreadable ??= $"rule {NumberOf(chain, rule)} of chain {MessageText.Of(chain.Name)}, which only nft can say; it is shown as a comment, "
                + "and what was saved would restore the others";
            output.Truncate(start - "-A "u8.Length);
            output.Write(ForeignRule.Mark);
            MessageText.Show(ForeignRule.TextOf(rule.Target), output);
            return;
        }

        ReadOnlySpan<byte> line = output.Written[start..];
        _fault ??= line.ContainsAny((byte)'\n', (byte)0) ? "a value holds a line end" : null;
        if (_fault is not null)
        {
            Unreadable ??= $"a rule of chain {MessageText.Of(chain.Name)} that no file can hold: {_fault}{InBrackets}";
            WriteUnreadable(line.ToArray(), start);
        }
        else if (output.IsTerminal)
        {
            MessageText.ShowFrom(output, start);
        }
    }

    /// <summary>Writes what cannot be read again: no command accepts the first word, in brackets.</summary>
    private void WriteUnreadable(ReadOnlySpan<byte> text, int start)
    {
        output.Truncate(start);
        output.Write("[cannot be restored: "u8);
        MessageText.Show(text, output);
        output.Write((byte)']');
    }

    private int NumberOf(Chain chain, Rule wanted)
    {
        int number = 1;
        foreach (Rule rule in table.Rules(chain))
        {
            if (rule.Bytes.Overlaps(wanted.Bytes))
            {
                break;
            }

            number++;
        }

        return number;
    }

    private void WriteChainName(Chain chain)
    {
        if (_names.Fault(chain) is { } fault)
        {
            Unreadable ??= $"a chain {MessageText.Of(chain.Name)} that no file can hold: {fault}{InBrackets}";
            WriteUnreadable(chain.Name, output.Length);
        }
        else
        {
            output.Write(chain.Name);
        }
    }

    /// <summary>Writes the target.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="format">How values are written.</param>
    /// <param name="between">Conditions to write behind its name; empty if they are written already.</param>
    private void WriteTarget(Rule rule, in Format format, ReadOnlySpan<byte> between)
    {
        ExtensionRecord target = rule.Target;
        if (ForeignRule.Is(target))
        {
            _fault = "only nft can say it";
            return;
        }

        if (!target.IsStandardTarget)
        {
            WriteRecord(" -j "u8, target, isTarget: true, format, between);
            return;
        }

        int verdict = target.Verdict;
        if (verdict != Verdict.Continue)
        {
            output.Write(rule.IsGoto ? " -g "u8 : " -j "u8);
            _fault ??= rule.IsGoto && _dialect.Find((byte)'g') is null ? "it does not return from the chain, which only nft can say" : null;
            WriteVerdict(verdict);
        }
        else if (_dialect.NamesContinue)
        {
            output.Write(" -j CONTINUE"u8);
        }

        if (!between.IsEmpty)
        {
            WriteHead(between, format);
        }
    }

    private void WriteVerdict(int verdict)
    {
        if (table.JumpTarget(verdict) is { } chain)
        {
            _fault ??= _names.Fault(chain);
            QuotedText.WriteName(chain.Name, output);
        }
        else if (StandardVerdict.Name(verdict) is { IsEmpty: false } name)
        {
            output.Write(name);
        }
        else
        {
            Unreadable ??= $"a verdict that is unknown here{InBrackets}";
            output.Write("[unknown verdict "u8);
            output.WriteNumber((long)verdict);
            output.Write((byte)']');
        }
    }

    private void WriteRecord(ReadOnlySpan<byte> option, ExtensionRecord record, bool isTarget, in Format format, ReadOnlySpan<byte> between = default)
    {
        Extension? extension = extensions.Find(record, isTarget, _scratch, out ReadOnlySpan<byte> payload);
        if (extension is { IsWatcher: true })
        {
            extension.Save(payload, output, format);
            output.Write(isTarget ? " -j CONTINUE"u8 : default);
            return;
        }

        output.Write(option);
        if (extension is null)
        {
            Unreadable ??= $"a match or target that is unknown here{InBrackets}";
            UnknownText.Write(output, record);
            return;
        }

        if (isTarget && _names.HidesTarget(extension.Name))
        {
            _fault ??= "a chain has the name of its target";
        }

        if (!option.IsEmpty)
        {
            output.Write(extension.NameBytes);
        }

        if (!between.IsEmpty)
        {
            WriteHead(between, format);
        }

        int start = output.Length;
        extension.Save(payload, output, format);
        if (isTarget && !_dialect.NamesMatches && output.Length == start && extension.Options.Length > 0)
        {
            output.Write((byte)' '); // as of old: in front of options that say nothing
        }
    }
}
