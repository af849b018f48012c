using System;
using Sharptables.Backends;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Editing;

/// <summary>Runs commands on a table in memory: edits it, or lists it.</summary>
/// <param name="table">The table.</param>
/// <param name="tables">Where it comes from.</param>
/// <param name="output">For listings, and for what <c>-v</c> reports.</param>
/// <param name="warn">Called with each warning, without the program's name.</param>
internal sealed class TableCommands(Table table, ITables tables, Output output, Action<string> warn)
{
    private readonly TableEditor _editor = new(table, tables.Extensions, new ChangeText(table, tables.Extensions, output), warn);

    /// <summary>The line of input that the next rules come from; 0 without input.</summary>
    public int Line
    {
        set => _editor.Line = value;
    }

    /// <summary>Deletes all rules and all user-defined chains.</summary>
    /// <param name="isVerbose">Whether to report each.</param>
    public void Clear(bool isVerbose) => _editor.Clear(isVerbose);

    /// <summary>
    /// Runs a command. If <c>-v</c> was given twice, also shows the table in force, even if the command fails.
    /// </summary>
    /// <returns>Whether the table has to be written.</returns>
    /// <exception cref="UsageException">It is impossible; the table may be half edited and must not be written.</exception>
    public bool Run(Command command)
    {
        bool isChanged;
        try
        {
            isChanged = Carry(command);
        }
        catch (TableException e)
        {
            Describe(command);
            throw CommandErrors.Of(e.Error, command, table);
        }
        catch (UsageException e) when (e.Shape is ErrorShape.Refused or ErrorShape.Answer)
        {
            Describe(command);
            throw;
        }

        Describe(command);
        return isChanged;
    }

    private bool Carry(Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.None:
                break;
            case CommandKind.List or CommandKind.ListRules:
                Chain? only = command.HasChain ? table.Get(command.Chain.Span) : null;
                tables.Complete(table, only);
                tables.Extensions.Meet(table, only);
                new TableText(table, tables.Extensions, output).Write(command);
                break;
            default:
                _editor.Edit(command);
                return command.Kind != CommandKind.Check;
        }

        if (command.AlsoZero)
        {
            _editor.Zero(command);
        }

        return command.AlsoZero;
    }

    private void Describe(Command command)
    {
        if (command.Verbosity > 1)
        {
            tables.Describe(table.Name, output);
        }
    }
}
