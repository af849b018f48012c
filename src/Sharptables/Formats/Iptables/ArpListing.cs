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
internal sealed class ArpListing(Table table, ExtensionSet extensions, CommandOptions options, bool isVerbose, Output output) :
    LineListing(table, extensions, options, output)
{
    /// <inheritdoc/>
    protected override bool IsNumeric => Has(CommandOptions.Numeric);

    /// <inheritdoc/>
    protected override bool IsVerbose => isVerbose;

    /// <inheritdoc/>
    public override void WriteTable()
    {
    }

    /// <inheritdoc/>
    public override void WriteTitle(Chain chain) => Listing.WriteTitle(Table, chain, isVerbose, Has(CommandOptions.Exact), Output);

    /// <inheritdoc/>
    protected override void WriteCounters(XtCounters counters)
    {
        if (isVerbose)
        {
            Output.Write($" , pcnt={counters.Packets} -- bcnt={counters.Bytes} ");
        }
    }
}
