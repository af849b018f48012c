using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Lists a table: <c>-L</c> in columns, <c>-S</c> as commands.</summary>
/// <param name="table">The table.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="output">Where to write.</param>
internal sealed class TableText(Table table, ExtensionSet extensions, Output output)
{
    /// <exception cref="TableException">There is no such chain.</exception>
    public void Write(Command command)
    {
        if (!command.HasChain)
        {
            SaveText.WriteRemark(table, output);
        }

        if (command.Kind == CommandKind.ListRules)
        {
            ListRules(command);
        }
        else
        {
            List(command);
        }
    }

    /// <summary>
    /// Lists in columns. With names, it first lists to nowhere if the system must be asked for a name, so that all are looked up together.
    /// </summary>
    private void List(Command command)
    {
        extensions.Names.Rehearse((command.Options & CommandOptions.Numeric) == 0 ? () => List(command, new Output(Output.Nowhere)) : null);
        List(command, output);
        extensions.Names.Rehearse(null);
    }

    private void ListRules(Command command)
    {
        RuleText text = new(table, extensions, output);
        bool showCounters = command.Verbosity > 0;
        IReadOnlyList<Chain> chains = ChainsOf(command);
        if (command.Number == 0)
        {
            foreach (Chain chain in chains)
            {
                text.WriteChainCommand(chain, showCounters);
            }
        }

        foreach (Chain chain in chains)
        {
            uint number = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                if (IsWanted(++number, command))
                {
                    text.Write(chain, rule, showCounters);
                    output.FlushIfLarge();
                }
            }
        }
    }

    /// <summary>Whether a rule of that number is to be shown.</summary>
    private static bool IsWanted(uint number, Command command) => command.Number == 0 || number == command.Number;

    private IReadOnlyList<Chain> ChainsOf(Command command) => command.HasChain ? [table.Get(command.Chain.Span)] : table.Chains;

    private void List(Command command, Output to)
    {
        IListing listing = Dialect.Of(extensions.Family).ListingOf(table, extensions, command.Options, command.Verbosity > 0, to);
        IReadOnlyList<Chain> chains = ChainsOf(command);
        bool isWhole = command.Number == 0;
        if (isWhole)
        {
            listing.WriteTable();
        }

        bool isFirst = true;
        foreach (Chain chain in chains)
        {
            if (!isFirst)
            {
                to.Write((byte)'\n');
            }

            isFirst = false;
            if (isWhole)
            {
                listing.WriteTitle(chain);
            }

            uint number = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                if (IsWanted(++number, command))
                {
                    listing.WriteRow(rule, number);
                    to.FlushIfLarge();
                }
            }
        }
    }
}
