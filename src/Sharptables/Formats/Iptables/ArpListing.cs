using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Lists rules as arptables does.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="options"><c>-n</c>, <c>-x</c>, <c>--line-numbers</c>.</param>
/// <param name="isVerbose">Whether <c>-v</c> was given.</param>
/// <param name="output">Where to write.</param>
internal sealed class ArpListing(Table table, ExtensionSet extensions, CommandOptions options, bool isVerbose, Output output) : LineListing(table, extensions, output)
{
    private readonly Table _table = table;
    private readonly Output _output = output;

    /// <inheritdoc/>
    protected override bool IsNumeric => (options & CommandOptions.Numeric) != 0;

    /// <inheritdoc/>
    protected override bool IsVerbose => isVerbose;

    /// <inheritdoc/>
    public override void WriteTable()
    {
    }

    /// <inheritdoc/>
    protected override void WriteTitle(Chain chain) => Listing.WriteTitle(_table, chain, isVerbose, (options & CommandOptions.Exact) != 0, _output);

    /// <inheritdoc/>
    protected override void WriteNumber(uint number)
    {
        if ((options & CommandOptions.LineNumbers) != 0)
        {
            _output.Write($"{number} ");
        }
    }

    /// <inheritdoc/>
    protected override void WriteCounters(XtCounters counters)
    {
        if (isVerbose)
        {
            _output.Write($" , pcnt={counters.Packets} -- bcnt={counters.Bytes} ");
        }
    }
}
