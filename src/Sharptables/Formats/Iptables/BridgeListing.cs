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
internal sealed class BridgeListing(Table table, ExtensionSet extensions, CommandOptions options, Output output) : LineListing(table, extensions, output)
{
    private readonly Table _table = table;
    private readonly Output _output = output;

    /// <inheritdoc/>
    protected override bool IsNumeric => true;

    /// <inheritdoc/>
    protected override bool IsVerbose => false;

    /// <inheritdoc/>
    public override void WriteTable() => _output.Write($"Bridge table: {MessageText.Of(_table.Name)}\n\n");

    /// <inheritdoc/>
    protected override void WriteTitle(Chain chain)
    {
        _output.Write("Bridge chain: "u8);
        MessageText.Show(chain.Name, _output);
        _output.Write($", entries: {chain.RuleCount}, policy: ");
        _output.Write(StandardVerdict.Name(chain.Policy));
        _output.Write((byte)'\n');
    }

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
        if ((options & CommandOptions.Counters) != 0)
        {
            _output.Write($" , pcnt = {counters.Packets} -- bcnt = {counters.Bytes}");
        }
    }
}
