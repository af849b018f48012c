using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Lists rules as they would be typed, a line each.</summary>
internal abstract class LineListing : IListing
{
    private readonly ExtensionSet _extensions;
    private readonly CommandOptions _options;
    private readonly Output _body = new(Output.Kept);
    private readonly RuleText _text;

    /// <param name="table">The table.</param>
    /// <param name="extensions">The extensions of its family.</param>
    /// <param name="options">What the command asks for.</param>
    /// <param name="output">Where to write.</param>
    protected LineListing(Table table, ExtensionSet extensions, CommandOptions options, Output output)
    {
        (Table, _extensions, _options, Output) = (table, extensions, options, output);
        _text = new RuleText(table, extensions, _body);
    }

    protected Table Table { get; }

    /// <summary>Where to write.</summary>
    protected Output Output { get; }

    /// <summary>Whether addresses and numbers with names are written in numbers.</summary>
    protected abstract bool IsNumeric { get; }

    /// <summary>Whether all is shown.</summary>
    protected abstract bool IsVerbose { get; }

    /// <inheritdoc/>
    public abstract void WriteTable();

    /// <inheritdoc/>
    public abstract void WriteTitle(Chain chain);

    /// <inheritdoc/>
    public void WriteRow(Rule rule, uint number)
    {
        if (Has(CommandOptions.LineNumbers))
        {
            Output.Write($"{number} ");
        }

        WriteBody(rule, IsNumeric, IsVerbose);
        WriteCounters(rule.Counters);
        Output.Write((byte)'\n');
    }

    /// <inheritdoc/>
    public void WriteChange(Rule rule, ReadOnlySpan<byte> target)
    {
        WriteBody(rule, isNumeric: true, isVerbose: true);
        Output.Write((byte)'\n');
    }

    /// <summary>Whether the command has an option.</summary>
    protected bool Has(CommandOptions option) => (_options & option) != 0;

    /// <summary>Writes the counters of a rule behind it, if they are to be shown.</summary>
    protected abstract void WriteCounters(XtCounters counters);

    private void WriteBody(Rule rule, bool isNumeric, bool isVerbose)
    {
        _body.Clear();
        if (ForeignRule.Is(rule.Target))
        {
            _body.Write((byte)' ');
            _body.Write(ForeignRule.Mark);
            _body.Write(ForeignRule.TextOf(rule.Target));
        }
        else
        {
            _text.WriteBody(
                rule, new Format(rule.Family, _extensions.Names, rule.Protocol, isNumeric, IsListing: true, isVerbose), showCounters: false);
        }

        MessageText.Show(_body.Written[1..], Output);
    }
}
