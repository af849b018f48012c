using System;
using Sharptables.Backends;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Editing;

/// <summary>Carries out commands on a table in memory: edits it, or writes what they ask to see of it.</summary>
/// <param name="table">The table.</param>
/// <param name="tables">Where it is from.</param>
/// <param name="output">Where listings go, and what <c>-v</c> says.</param>
/// <param name="warn">Takes warnings, without the program's name.</param>
internal sealed class TableCommands(Table table, ITables tables, Output output, Action<string> warn)
{
    private readonly TableEditor _editor = new(table, tables.Extensions, new ChangeText(table, tables.Extensions, output), warn);

    /// <summary>The line of input that rules come from, when there are lines.</summary>
    public int Line
    {
        set => _editor.Line = value;
    }

    /// <summary>Takes away all rules and all chains of users.</summary>
    /// <param name="isVerbose">Whether it is said, chain by chain.</param>
    public void Clear(bool isVerbose) => _editor.Clear(isVerbose);

    /// <summary>
    /// Carries out a command. When <c>-v</c> was given twice, shows what is in force as well, whether or not the command could be
    /// carried out.
    /// </summary>
    /// <returns>Whether the table has to be written.</returns>
    /// <exception cref="UsageException">It cannot be done; the table in memory may be half edited and is not to be written.</exception>
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
                tables.CompletePolicies(table);
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
