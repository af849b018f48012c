using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Lists rules as they would be typed, a line each.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="output">Where to write.</param>
internal abstract class LineListing(Table table, ExtensionSet extensions, Output output) : IListing
{
    private readonly Output _body = new(Output.Kept);

    /// <summary>Whether addresses and numbers with names are written in numbers.</summary>
    protected abstract bool IsNumeric { get; }

    /// <summary>Whether all is shown.</summary>
    protected abstract bool IsVerbose { get; }

    /// <inheritdoc/>
    public abstract void WriteTable();

    /// <inheritdoc/>
    public void Write(Chain chain)
    {
        WriteTitle(chain);
        uint number = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            WriteRow(rule, ++number);
            output.FlushIfLarge();
        }
    }

    /// <inheritdoc/>
    public void WriteRule(Chain chain, uint wanted)
    {
        uint number = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            if (++number == wanted)
            {
                WriteRow(rule, number);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteChange(Rule rule, ReadOnlySpan<byte> target)
    {
        WriteBody(rule, isNumeric: true, isVerbose: true);
        output.Write((byte)'\n');
    }

    /// <summary>Writes what stands in front of the rules of a chain.</summary>
    protected abstract void WriteTitle(Chain chain);

    /// <summary>Writes the number of a rule in front of it, if numbers are to be shown.</summary>
    protected abstract void WriteNumber(uint number);

    /// <summary>Writes the counters of a rule behind it, if they are to be shown.</summary>
    protected abstract void WriteCounters(XtCounters counters);

    private void WriteRow(Rule rule, uint number)
    {
        WriteNumber(number);
        WriteBody(rule, IsNumeric, IsVerbose);
        WriteCounters(rule.Counters);
        output.Write((byte)'\n');
    }

    private void WriteBody(Rule rule, bool isNumeric, bool isVerbose)
    {
        _body.Clear();
        if (ForeignRule.Is(rule.Target))
        {
            _body.Write(" # nft: "u8);
            _body.Write(ForeignRule.TextOf(rule.Target));
        }
        else
        {
            new RuleText(table, extensions, _body).WriteBody(
                rule, new Format(rule.Family, extensions.Names, rule.Protocol, isNumeric, IsListing: true, isVerbose), showCounters: false);
        }

        MessageText.Show(_body.Written[1..], output);
    }
}
