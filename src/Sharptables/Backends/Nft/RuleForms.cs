using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>The forms of rules that iptables writes, as far as they have been met: of such a form are nearly all rules of a table.</summary>
/// <param name="table">The table of the rules.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class RuleForms(Table table, ExtensionSet extensions)
{
    private readonly RecentForms<KnownRule> _known = new();
    private readonly RuleBytes _read = new(table.Layout);
    private NativeForms? _reader;

    /// <summary>A rule of the same form, which has the values of this one then; null if none is known.</summary>
    public KnownRule? FindLike(Rule rule)
    {
        for (int i = 0; i < RecentForms<KnownRule>.Most; i++)
        {
            if (_known[i] is { } known && known.TryWrite(rule))
            {
                _known.Found(i);
                return known;
            }
        }

        return null;
    }

    /// <summary>The rule that expressions are; null if they are none that iptables writes.</summary>
    public KnownRule? FindLike(ReadOnlySpan<byte> expressions)
    {
        for (int i = 0; i < RecentForms<KnownRule>.Most; i++)
        {
            if (_known[i] is { } known && known.TryRead(expressions))
            {
                _known.Found(i);
                return known;
            }
        }

        return TryRead(expressions, out Rule rule) ? Keep(rule.Bytes, expressions) : null;
    }

    /// <summary>Keeps the form of a rule that was written. Reading the expressions tells where its values stand.</summary>
    /// <returns>Whether they are read as the very same bytes; if not, it is no form.</returns>
    public bool TryKeep(Rule rule, ReadOnlySpan<byte> expressions)
    {
        if (!TryRead(expressions, out Rule read))
        {
            return false;
        }

        read.Line = rule.Line;
        if (!read.Bytes.SequenceEqual(rule.Bytes))
        {
            return false;
        }

        _ = Keep(rule.Bytes, expressions);
        return true;
    }

    private bool TryRead(ReadOnlySpan<byte> expressions, out Rule rule)
    {
        _reader ??= new NativeForms(table, extensions, _read);
        bool isRead = _reader.TryRead(expressions) && _read.Length <= RuleReader.MaxRule;
        rule = isRead ? _read.Finish() : default;
        return isRead;
    }

    private KnownRule Keep(ReadOnlySpan<byte> rule, ReadOnlySpan<byte> expressions)
    {
        KnownRule known = _known.Another() ??= new KnownRule(table);
        known.Keep(rule, expressions, _reader!.Values);
        return known;
    }
}
