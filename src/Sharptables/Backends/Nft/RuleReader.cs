using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Turns expressions of nf_tables into rules of x_tables. A rule that x_tables cannot say with exactly the same meaning becomes a <see cref="ForeignRule"/>.
/// </summary>
/// <param name="table">The table of the rules; all chains of it that can be jumped to must be there.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class RuleReader(Table table, ExtensionSet extensions)
{
    /// <summary>The size of the largest rule, in bytes.</summary>
    public const int MaxRule = ushort.MaxValue & ~7;

    private readonly RuleBytes _rule = new(table.Layout);
    private NativeForms? _native;

    /// <summary>Appends a rule to those that were read of the table.</summary>
    /// <param name="expressions">What is in <c>NFTA_RULE_EXPRESSIONS</c>.</param>
    /// <param name="userData">What is in <c>NFTA_RULE_USERDATA</c>.</param>
    /// <returns>The rule, until the next one is read.</returns>
    /// <exception cref="MalformedTableException">These are not expressions.</exception>
    public Rule Read(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData)
    {
        try
        {
            _native ??= new NativeForms(table, extensions, _rule);
            if (!userData.IsEmpty || !_native.TryRead(expressions) || _rule.Length > MaxRule)
            {
                ReadForeign(expressions);
            }
        }
        catch (KernelException e)
        {
            throw new MalformedTableException(e.Message);
        }

        int start = table.Original.Length;
        ReadOnlySpan<byte> bytes = _rule.Finish().Bytes;
        bytes.CopyTo(table.Original.Reserve(bytes.Length));
        table.Original.SetLength(start + bytes.Length);
        return new Rule(table.Original.Slice(start, bytes.Length), table.Layout);
    }

    private void ReadForeign(ReadOnlySpan<byte> expressions)
    {
        _rule.Begin();
        _rule.BeginTarget();
        Text.Output text = new(Text.Output.Kept);
        ExpressionList each = new(expressions);
        while (each.MoveNext() && text.Length < ForeignRule.MaxText)
        {
            text.Write(text.Length > 0 ? " "u8 : default);
            text.Write(each.Name[..Math.Min(each.Name.Length, 32)]);
        }

        Span<byte> target = _rule.Add(ExtensionRecord.SizeFor(text.Length));
        _ = ExtensionRecord.WriteHead(target, ForeignRule.TargetName, revision: 0, text.Length);
        text.Written.CopyTo(target[ExtensionRecord.HeadSize..]);
    }
}
