using System;
using Sharptables.Analysis;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>iptables</c> and <c>ip6tables</c>: one command, one table, one change.</summary>
internal static partial class Iptables
{
    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new(invocation.CommandName, invocation.Version) { EndsAnswers = Dialect.Of(invocation.Family).EndsAnswers };
        Output output = new(StandardStreams.Output);
        ExtensionSet extensions = new(invocation.Family) { Plugins = ProgramPlugins.Of(invocation, invocation.CommandName) };
        try
        {
            int status = Run(invocation, extensions, output, errors);
            output.Flush();
            errors.PrintDoubts();
            return status;
        }
        catch (RestoreException e)
        {
            return errors.Print(e); // of the file that has the table
        }
        catch (UsageException e)
        {
            output.Flush();
            MissingExtensions.Warn(invocation.Interface, extensions, errors);
            return errors.Print(e, error => CommandHints.Explain(error, invocation, extensions));
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            return errors.Print(KernelErrors.ErrorOf(e));
        }
    }

    private static int Run(Invocation invocation, ExtensionSet extensions, Output output, ErrorReport errors)
    {
        Command command = new(invocation.Family) { Table = "filter"u8.ToArray() };
        Words words = new();
        words.Add(invocation.Words.Span);

        if (words.Count == 0 && Dialect.Of(invocation.Family).HelpsWithoutWords)
        {
            words.Add("-h"u8);
        }

        _ = new CommandLine(extensions) { Warn = errors.Line, Doubt = errors.Doubt }.Parse(words, command);
        if (command.Kind is CommandKind.Append or CommandKind.Insert or CommandKind.Replace && Contradiction.WarningOf(command.Rule) is { } warning)
        {
            errors.Doubt($"Warning: {warning}");
        }

        if (command.Kind == CommandKind.Version)
        {
            output.Write(command.AlsoZero ? $"Not {invocation.Version[1..]} ;-)\n" : $"{invocation.CommandName} {invocation.Version}\n");
            return 0;
        }

        if (command.Kind == CommandKind.Help)
        {
            HelpText.Write(command, ProgramList.Find(invocation.CommandName)!.Describe(invocation.Family), invocation.Version, output);
            return 0;
        }

        if (AtomicFile.Of(command) is { } file)
        {
            file.Run(command, extensions, invocation.CommandName, output, errors);
            return 0;
        }

        using XTablesLock? held = TableLock.Take(invocation.Interface, command.WaitSeconds);
        if (command.Kind is CommandKind.List or CommandKind.ListRules)
        {
            OtherInterface.Warn(invocation, "", errors);
        }

        using ITables tables = KernelTables.Open(invocation.Interface, extensions, command.Modprobe);
        _ = Run(command, tables, invocation.CommandName, output, errors);
        return 0;
    }

    /// <summary>Runs a command on one of some tables; gives whether it was changed.</summary>
    internal static bool Run(Command command, ITables tables, string program, Output output, ErrorReport errors)
    {
        if (command.Kind is CommandKind.InitTable or CommandKind.AtomicInit)
        {
            using Table table = Open(tables, command, program);
            tables.Clear(table.Name);
            return true;
        }

        for (int round = 0; ; round++)
        {
            int start = output.Length;
            Table table = Open(tables, command, program);
            table.Origin.IsOnlySearched = command.Kind == CommandKind.Check;
            try
            {
                return Run(command, table, tables, output, errors);
            }
            catch (TablesChangedException) when (round < TablesChangedException.MostRounds)
            {
                table.Dispose();
                output.Truncate(start);
            }
        }
    }

    private static bool Run(Command command, Table table, ITables tables, Output output, ErrorReport errors)
    {
        if (!new TableCommands(table, tables, output, errors.Line).Run(command))
        {
            return false;
        }

        if (tables.Interface == KernelInterface.Legacy)
        {
            output.Flush();
        }

        Write(tables, table);
        return true;
    }

    private static Table Open(ITables tables, Command command, string program)
    {
        try
        {
            return tables.Read(command.Table.Span);
        }
        catch (KernelException e) when (tables.Interface == KernelInterface.Nft)
        {
            string name = MessageText.Of(command.Table.Span);
            throw e.Errno != Errno.ENOENT ? MissingTable.NoRuleset(tables, name, e)
                : new UsageException($"table '{name}' does not exist", ErrorShape.NoTable) { Hint = MissingTable.Hint(tables, name, e) };
        }
        catch (KernelException e)
        {
            string name = MessageText.Of(command.Table.Span);
            throw new UsageException($"can't initialize {program} table `{name}': {KernelErrors.OpenText(e, tables.Loading)}", ErrorShape.NoTable)
            {
                Hint = MissingTable.Hint(tables, name, e),
            };
        }
    }

    private static void Write(ITables tables, Table table)
    {
        try
        {
            tables.Write(table);
        }
        catch (TableRefusedException e)
        {
            string? why = Refusal.Explain(e, tables)?.ToString();
            throw e.Refusals is [var first, ..] ? CommandErrors.RefusedByNft(first, why ?? Refusal.Words(e))
                : new UsageException(KernelErrors.WriteText(e.Cause), ErrorShape.Refused) { Hint = why };
        }
    }
}
