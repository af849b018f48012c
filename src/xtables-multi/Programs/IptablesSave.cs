using System;
using System.Collections.Generic;
using Sharptables.Analysis;
using Sharptables.Backends;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>iptables-save</c> and <c>ip6tables-save</c>: saves all tables in force for iptables-restore.</summary>
internal static partial class IptablesSave
{
    private static readonly ProgramOption[] s_options =
    [
        new('b', ""),
        new('c', "counters", summary: "Saves packet and byte counters as well."),
        new('d', "dump"),
        new('t', "table", "table", "Saves only this table, even if it is not in use yet."),
        new('M', "modprobe", "command", "The program that loads kernel modules; if not given, the one that the kernel names."),
        new('f', "file", "file", "Writes to this file."),
        new('V', "version", summary: "Shows the version."),
    ];

    public static int Run(Invocation invocation)
    {
        string program = invocation.NameWith("-save");
        ErrorReport errors = new(program, invocation.Version);
        try
        {
            return Run(invocation, program, errors);
        }
        catch (OptionException e)
        {
            errors.Print(e, $"Look at manual page `{program}.8' for more information.");
            return 1;
        }
        catch (UsageException e)
        {
            return errors.Print(e); // a plugin's, or that nf_tables does not answer
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            errors.Message(KernelErrors.Text(e));
            return e is TablesChangedException ? 4 : 1;
        }
    }

    private static int Run(Invocation invocation, string program, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        bool showCounters = false;
        byte[]? onlyTable = null;
        byte[]? modprobe = null;
        int file = StandardStreams.Output;
        for (char option; (option = reader.Next()) != '\0';)
        {
            switch (option)
            {
                case 'b':
                    errors.Line("-b/--binary option is not implemented");
                    break;
                case 'c':
                    showCounters = true;
                    break;
                case 't':
                    onlyTable = reader.Value;
                    break;
                case 'M':
                    modprobe = reader.Value;
                    break;
                case 'f':
                    try
                    {
                        file = FileDescriptor.Create(reader.Value!);
                    }
                    catch (KernelException e)
                    {
                        errors.Line($"Failed to open file, error: {e.Message}");
                        return 1;
                    }

                    break;
                case 'V':
                    Output version = new(StandardStreams.Output);
                    version.Write($"{program} {invocation.Version}\n");
                    version.Flush();
                    return 0;
            }
        }

        if (reader.Operands.Count > 0)
        {
            errors.Line("Unknown arguments found on commandline");
            return 1;
        }

        OtherInterface.Warn(invocation, "-save", errors);
        List<byte[]>? tables = onlyTable is null ? TablesInForce(invocation, errors) : [onlyTable];
        ExtensionSet extensions = new(invocation.Family) { Plugins = ProgramPlugins.Of(invocation, program) };
        return tables is null ? 1 : Save(invocation, extensions, tables, showCounters, modprobe, new Output(file), errors);
    }

    /// <summary>Saves all tables in force without counters, as when called without options.</summary>
    /// <returns>0 when the output is complete and can be restored.</returns>
    internal static int Save(Invocation invocation, ExtensionSet extensions, Output output)
    {
        ErrorReport errors = new(invocation.CommandName + "-save", invocation.Version);
        return TablesInForce(invocation, errors) is { } tables ? Save(invocation, extensions, tables, showCounters: false, modprobe: null, output, errors) : 1;
    }

    private static int Save(
        Invocation invocation, ExtensionSet extensions, List<byte[]> names, bool showCounters, byte[]? modprobe, Output output, ErrorReport errors)
    {
        using ITables tables = KernelTables.Open(invocation.Interface, extensions, modprobe);
        List<Table> read = [];
        foreach (byte[] name in names)
        {
            try
            {
                read.Add(Read(tables, name));
            }
            catch (KernelException e) when (invocation.Interface == KernelInterface.Legacy || e.Errno == Errno.ENOENT)
            {
                if (invocation.Interface == KernelInterface.Legacy)
                {
                    errors.Message($"Cannot initialize: {KernelErrors.OpenText(e)}");
                }
                else
                {
                    errors.Line($"Table `{MessageText.Of(name)}' does not exist");
                }

                errors.Hint(MissingTable.Hint(tables, MessageText.Of(name), e));
                return 1;
            }
            catch (KernelException e)
            {
                throw MissingTable.NoRuleset(tables, MessageText.Of(name), e);
            }

            extensions.Meet(read[^1]);
        }

        string version = invocation.Interface == KernelInterface.Legacy ? Invocation.BareVersion : invocation.Version;
        return Save(read, extensions, $"{invocation.NameWith("-save")} {version}", showCounters, output, errors) ? 0 : 1;
    }

    /// <summary>Reads a table whole, as it was at one moment.</summary>
    internal static Table Read(ITables tables, ReadOnlySpan<byte> name)
    {
        for (int round = 0; ; round++)
        {
            Table table = tables.Read(name);
            try
            {
                tables.Complete(table, only: null);
                return table;
            }
            catch (TablesChangedException) when (round < TablesChangedException.MostRounds)
            {
                table.Dispose();
            }
        }
    }

    private static bool Save(List<Table> tables, ExtensionSet extensions, string program, bool showCounters, Output output, ErrorReport errors)
    {
        bool canBeRead = true;
        try
        {
            foreach (Table table in tables)
            {
                if (SaveText.Write(table, extensions, program, showCounters, output) is { } unreadable)
                {
                    canBeRead = false;
                    errors.Message($"table {MessageText.Of(table.Name)} has {unreadable}");
                    errors.Hint(extensions.Plugins?.Lacking);
                }

                table.Dispose();
            }
        }
        finally
        {
            output.Flush();
        }

        return canBeRead;
    }

    /// <summary>The tables that the kernel has in this namespace; null, and an error printed, when that may not be read.</summary>
    internal static List<byte[]>? TablesInForce(Invocation invocation, ErrorReport errors)
    {
        Family family = invocation.Family;
        using ITables tables = KernelTables.Open(invocation.Interface, new ExtensionSet(family));
        try
        {
            return tables.NamesInForce();
        }
        catch (KernelException e) when (invocation.Interface == KernelInterface.Nft)
        {
            throw MissingTable.NoRuleset(tables, "filter", e);
        }
        catch (KernelException e)
        {
            errors.Line($"Failed to list table names in /proc/net/{family.KernelTables}_names: {e.Message}");
            errors.Hint(e.Errno == Errno.ENOENT ? "/proc is not mounted: mount -t proc proc /proc" : null);
            return null;
        }
    }
}
