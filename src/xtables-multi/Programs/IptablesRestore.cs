using System;
using Sharptables.Backends.Legacy;
using Sharptables.Commands;
using Sharptables.Extensions;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>iptables-restore</c> and <c>ip6tables-restore</c>: whole tables at once.</summary>
internal static class IptablesRestore
{
    private static readonly ProgramOption[] s_options =
    [
        new('b', ""),
        new('c', "counters"),
        new('v', "verbose"),
        new('V', "version"),
        new('t', "test"),
        new('h', "help"),
        new('n', "noflush"),
        new('w', "wait", ProgramOptionValue.Optional),
        new('W', "wait-interval", ProgramOptionValue.Optional),
        new('M', "modprobe", ProgramOptionValue.Required),
        new('T', "table", ProgramOptionValue.Required),
    ];

    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-restore", "puts whole tables in force, in one step each", ["[-chntvV] [-w seconds] [-W microseconds] [-T table] [-M modprobe] [file]"], """
        Reads what iptables-save writes, from a file or standard input, and puts it in force.
        """)
    {
        Options = s_options,
    };

    public static int Run(Invocation invocation)
    {
        string program = invocation.CommandName + "-restore";
        ErrorReport errors = new(program);
        Output output = new(StandardStreams.Output);
        ExtensionSet extensions = new(invocation.Family);
        try
        {
            int status = Run(invocation, extensions, program, output, errors);
            output.Flush();
            return status;
        }
        catch (OptionException e)
        {
            errors.Line(e.Message);
            errors.Line($"Try `{program} -h' for more information.");
            return 1;
        }
        catch (RestoreException e)
        {
            output.Flush();
            MissingExtensions.Warn(extensions, errors);
            return Print(e, errors);
        }
        catch (UsageException e)
        {
            return Print(new RestoreException(0, default, e), errors);
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            return errors.Print(new UsageException(KernelErrors.Text(e), ErrorShape.Refused));
        }
    }

    private static int Run(Invocation invocation, ExtensionSet extensions, string program, Output output, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        RestoreOptions options = new(program);
        bool waits = false;
        bool hasInterval = false;
        int? seconds = null;
        for (char option; (option = reader.Next()) != '\0';)
        {
            switch (option)
            {
                case 'b':
                    errors.Line("-b/--binary option is not implemented");
                    break;
                case 'c':
                    options = options with { RestoresCounters = true };
                    break;
                case 'v':
                    options = options with { Verbosity = options.Verbosity + 1 };
                    break;
                case 'V':
                    output.Write($"{program} {Invocation.Version}\n");
                    return 0;
                case 't':
                    options = options with { IsTest = true };
                    break;
                case 'h':
                    WriteUsage(program, errors);
                    return 0;
                case 'n':
                    options = options with { KeepsRules = true };
                    break;
                case 'w':
                    waits = true;
                    seconds = reader.Value is { } text ? WaitText.ReadSeconds(text) : null;
                    break;
                case 'W':
                    WaitText.CheckInterval(reader.Value is { } interval ? interval.AsMemory() : default(ReadOnlyMemory<byte>?));
                    hasInterval = true;
                    errors.Line("Ignoring deprecated --wait-interval option.");
                    break;
                case 'T':
                    options = options with { OnlyTable = reader.Value };
                    break;
            }
        }

        if (reader.Operands.Count > 1)
        {
            errors.Line("Unknown arguments found on commandline");
            return 1;
        }

        if (hasInterval && !waits)
        {
            errors.Line("Option --wait-interval requires option --wait");
            return 1;
        }

        return Restore(invocation, extensions, options, reader.Operands.Count == 0 ? null : reader.Operands[0], seconds, output, errors);
    }

    private static int Restore(
        Invocation invocation, ExtensionSet extensions, RestoreOptions options, byte[]? file, int? seconds, Output output, ErrorReport errors)
    {
        int input = StandardStreams.Input;
        if (file is not null)
        {
            try
            {
                input = FileDescriptor.OpenRead(file);
            }
            catch (KernelException e)
            {
                errors.Line($"Can't open {MessageText.Of(file)}: {e.Message}");
                return 1;
            }
        }

        using LegacyTables tables = new(invocation.Family);
        using Restore restore = new(
            tables, extensions, options with { LineText = line => ReadAgain(input, line) }, output, errors.Line, () => TableLock.Take(seconds));
        try
        {
            restore.Run(new LineReader(input));
        }
        catch (KernelException e) when (e.Operation == "read")
        {
            errors.Line($"{options.Program}: cannot read {(file is null ? "the standard input" : MessageText.Of(file))}: {e.Message}");
            return 1;
        }

        return 0;
    }

    /// <summary>The text of a line once more; null when the input is no file.</summary>
    private static byte[]? ReadAgain(int input, int wanted)
    {
        int again = FileDescriptor.ReopenFile(input);
        if (again < 0)
        {
            return null;
        }

        LineReader reader = new(again);
        byte[]? text = null;
        while (reader.Read(out ReadOnlySpan<byte> line))
        {
            if (reader.Number == wanted)
            {
                text = line.ToArray();
                break;
            }
        }

        FileDescriptor.Close(again);
        return text;
    }

    private static int Print(RestoreException e, ErrorReport errors)
    {
        UsageException error = e.Error;
        int status = 1;
        switch (error.Shape)
        {
            case ErrorShape.Parameter or ErrorShape.StrayWord:
                if (error.Shape == ErrorShape.StrayWord)
                {
                    errors.Line(error.Message);
                }
                else
                {
                    errors.Message(error.Message);
                }

                errors.Line($"Error occurred at line: {e.Line}");
                errors.TryHelp();
                status = 2;
                break;
            default:
                status = errors.Print(new UsageException(error.Message, error.Shape));
                break;
        }

        if (e.Text.Length > 0)
        {
            errors.Line($"Line {e.FaultLine}: {MessageText.Of(e.Text)}");
        }

        errors.Hint(e.Reason ?? error.Hint);
        return status;
    }

    private static void WriteUsage(string program, ErrorReport errors)
    {
        errors.Line($"Usage: {program} [-c] [-v] [-V] [-t] [-h] [-n] [-w secs] [-W usecs] [-T table] [-M command] [file]");
        foreach (string option in (string[])["--counters ]", "--verbose ]", "--version]", "--test ]", "--help ]", "--noflush ]", "--wait=<seconds>", "--table=<TABLE> ]", "--modprobe=<command> ]"])
        {
            errors.Line($"\t   [ {option}");
        }
    }
}
