using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Lists rules as ebtables does.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="options"><c>--Ln</c>, <c>--Lc</c>.</param>
/// <param name="output">Where to write.</param>
internal sealed class BridgeListing(Table table, ExtensionSet extensions, CommandOptions options, Output output) : LineListing(table, extensions, options, output)
{
    /// <inheritdoc/>
    protected override bool IsNumeric => true;

    /// <inheritdoc/>
    protected override bool IsVerbose => false;

    /// <inheritdoc/>
    public override void WriteTable() => Output.Write($"Bridge table: {MessageText.Of(Table.Name)}\n\n");

    /// <inheritdoc/>
    public override void WriteTitle(Chain chain)
    {
        Output.Write("Bridge chain: "u8);
        MessageText.Show(chain.Name, Output);
        Output.Write($", entries: {chain.RuleCount}, policy: ");
        Output.Write(StandardVerdict.Name(chain.Policy));
        Output.Write((byte)'\n');
    }

    /// <inheritdoc/>
    protected override void WriteCounters(XtCounters counters)
    {
        if (Has(CommandOptions.Counters))
        {
            Output.Write($" , pcnt = {counters.Packets} -- bcnt = {counters.Bytes}");
        }
    }
}
