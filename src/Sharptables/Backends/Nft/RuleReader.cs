using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Turns expressions of nf_tables into rules of x_tables. A rule that x_tables cannot say with exactly the same meaning becomes a <see cref="ForeignRule"/>.
/// </summary>
internal sealed class RuleReader
{
    /// <summary>The size of the largest rule, in bytes.</summary>
    public const int MaxRule = ushort.MaxValue & ~7;

    private readonly Table _table;
    private readonly ExtensionSet _extensions;
    private readonly RuleBytes _rule;
    private readonly RuleForms? _forms; // what iptables writes itself
    private readonly OtherForms _other;
    private readonly Func<RuleWords> _wordsOf;

    /// <param name="table">The table of the rules; all chains of it that can be jumped to must be there.</param>
    /// <param name="extensions">The extensions of its family.</param>
    /// <param name="sets">The elements of sets; null if there are none to be had: a rule that asks for one is foreign then.</param>
    /// <param name="obeysUsage">Whether a rule that iptables would refuse in that table is foreign, too.</param>
    public RuleReader(Table table, ExtensionSet extensions, SetSource? sets = null, bool obeysUsage = false)
    {
        (_table, _extensions) = (table, extensions);
        _rule = new RuleBytes(table.Layout);
        _forms = table.Layout.Family.XTables is null ? null : new RuleForms(table, extensions);
        _other = new OtherForms(table, extensions, _rule, sets, obeysUsage);
        _wordsOf = () => new RuleWords(table.Layout.Family.Number, extensions.Names, sets);
    }

    /// <summary>See <see cref="OtherForms.LeavesOutTags"/>.</summary>
    public bool LeavesOutTags => _other.LeavesOutTags;

    private RuleWords Words => field ??= _wordsOf();

    /// <summary>Appends a rule to those that were read of the table.</summary>
    /// <param name="expressions">What is in <c>NFTA_RULE_EXPRESSIONS</c>.</param>
    /// <param name="userData">What is in <c>NFTA_RULE_USERDATA</c>.</param>
    /// <returns>The rule, until the next one is read.</returns>
    /// <exception cref="MalformedTableException">These are not expressions.</exception>
    public Rule Read(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData)
    {
        try
        {
            if (userData.IsEmpty && _forms?.FindLike(expressions) is { } known)
            {
                return Append(known.Rule);
            }

            if (!_other.TryRead(expressions, userData) || _rule.Length > MaxRule)
            {
                ReadForeign(expressions, userData);
            }
        }
        catch (KernelException e)
        {
            throw new MalformedTableException(e.Message);
        }

        return Append(_rule.Finish().Bytes);
    }

    /// <summary>The same for a rule that is to be foreign, whatever it says.</summary>
    public void ReadAsForeign(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData)
    {
        _rule.Begin();
        ReadForeign(expressions, userData);
        _ = Append(_rule.Finish().Bytes);
    }

    /// <summary>
    /// A rule as it is read after it has been written: expressions hold less than its bytes (<c>! --dport :512</c> is the same as <c>--dport 513:</c>).
    /// Null if it is read as it is, or looks something up in a set.
    /// </summary>
    public byte[]? AsWritten(Rule rule)
    {
        using NativeBuffer message = new(NativeBuffer.Block / 2);
        RuleWriter writer = new(_table, _extensions, new NetlinkWriter(message));
        if (writer.LookUpsIn(rule).Count > 0)
        {
            return null;
        }

        _ = writer.WriteExpressions(rule);
        int start = _table.Original.Length;
        Rule read = Read(NetlinkAttributes.Find(message.Bytes, NfTables.Rule.Expressions), userData: []);
        byte[]? other = ForeignRule.Is(read.Target) || read.Bytes.SequenceEqual(rule.Bytes) ? null : read.Bytes.ToArray();
        _table.Original.SetLength(start);
        return other;
    }

    private Rule Append(ReadOnlySpan<byte> rule)
    {
        int start = _table.Original.Length;
        rule.CopyTo(_table.Original.Add(rule.Length));
        return new Rule(_table.Original.Slice(start, rule.Length), _table.Layout);
    }

    private void ReadForeign(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData)
    {
        _rule.Begin(_rule.Head);
        _rule.Head[_table.Layout.Flags] &= (byte)~_table.Layout.GotoFlag;
        Output text = new(Output.Kept);
        Words.Write(expressions, userData, text);
        ReadOnlySpan<byte> shown = text.Written[..Math.Min(text.Length, ForeignRule.MaxText)];
        _rule.BeginTarget();
        Span<byte> target = _rule.Add(ExtensionRecord.SizeFor(shown.Length));
        _ = ExtensionRecord.WriteHead(target, ForeignRule.TargetName, revision: 0, shown.Length);
        shown.CopyTo(target[ExtensionRecord.HeadSize..]);
    }
}
