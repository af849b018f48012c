using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Hints;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>iptables-restore</c> and <c>ip6tables-restore</c>: restores whole tables.</summary>
internal static partial class IptablesRestore
{
    private const char JsonOption = '\x1';

    private static readonly ProgramOption[] s_options =
    [
        new('b', ""),
        new('c', "counters", summary: "Restores the packet and byte counters; without it they begin at zero."),
        new('v', "verbose", summary: "Reports what is done; given twice, also shows the kernel's entries."),
        new('V', "version", summary: "Shows the version."),
        new('t', "test", summary: "Reads and checks everything, but changes nothing."),
        new(JsonOption, "json", summary: "Lists the mistakes on standard output as JSON, for programs."),
        new('h', "help", summary: "Shows the options."),
        new('n', "noflush", summary: "Keeps the existing rules and adds to them."),
        new('w', "wait", "[seconds]", "How long to wait for the lock; without a time limit if not given."),
        new('W', "wait-interval", "[microseconds]"),
        new('T', "table", "table", "Restores only this table."),
        new('M', "modprobe", "command", "The program that loads kernel modules; if not given, the one that the kernel names."),
    ];

    public static int Run(Invocation invocation)
    {
        string program = Dialect.Of(invocation.Family).HasCommit ? invocation.NameWith("-restore") : invocation.CommandName + "-restore";
        ErrorReport errors = new(program, invocation.Version);
        Output output = new(StandardStreams.Output);
        ExtensionSet extensions = new(invocation.Family) { Plugins = ProgramPlugins.Of(invocation, program) };
        try
        {
            int status = Run(invocation, extensions, program, output, errors);
            output.Flush();
            errors.PrintDoubts();
            return status;
        }
        catch (OptionException e)
        {
            errors.Print(e, $"Try `{program} -h' for more information.");
            return 1;
        }
        catch (RestoreException e)
        {
            output.Flush();
            MissingExtensions.Warn(invocation.Interface, extensions, errors);
            int status = errors.Print(e);
            errors.PrintDoubts();
            return status;
        }
        catch (UsageException e)
        {
            return errors.Print(new RestoreException(0, default, e));
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            return errors.Print(KernelErrors.ErrorOf(e));
        }
    }

    private static int Run(Invocation invocation, ExtensionSet extensions, string program, Output output, ErrorReport errors)
    {
        OptionReader reader = new(invocation, s_options);
        RestoreOptions options = new(program);
        bool isNft = invocation.Interface == KernelInterface.Nft; // where no lock is taken
        bool isJson = false;
        bool waits = false;
        bool hasInterval = false;
        int? seconds = null;
        byte[]? modprobe = null;
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
                    output.Write($"{program} {invocation.Version}\n");
                    return 0;
                case 't':
                    options = options with { IsTest = true };
                    break;
                case 'h':
                    Output help = new(StandardStreams.Error);
                    ProgramDescription described = Describe(invocation.Family);
                    ProgramHelp.Write(isNft ? WithoutLock(described) : described, program, help);
                    help.Flush();
                    return 0;
                case JsonOption:
                    isJson = true;
                    break;
                case 'n':
                    options = options with { KeepsRules = true };
                    break;
                case 'w':
                    waits = true;
                    seconds = reader.Value is { } text && !isNft ? WaitText.ReadSeconds(text) : null;
                    break;
                case 'W' when isNft:
                    break;
                case 'W':
                    WaitText.CheckInterval(reader.Value is { } interval ? interval.AsMemory() : default(ReadOnlyMemory<byte>?));
                    hasInterval = true;
                    errors.Line("Ignoring deprecated --wait-interval option.");
                    break;
                case 'M':
                    modprobe = reader.Value;
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

        extensions.Plugins?.Expect();
        using ITables tables = KernelTables.Open(invocation.Interface, extensions, modprobe);
        if (!Dialect.Of(invocation.Family).HasCommit)
        {
            options = options with { RestoresCounters = true, MayLackCounters = true };
        }

        List<RestoreException> mistakes = [];
        options = options.IsTest ? options with { Report = mistakes.Add } : options;
        int status = Restore(tables, options, reader.Operands.Count == 0 ? null : reader.Operands[0], seconds, output, errors);
        if (isJson)
        {
            WriteJson(mistakes, output);
        }

        if (mistakes.Count > 0)
        {
            output.Flush();
            MissingExtensions.Warn(invocation.Interface, extensions, errors);
            status = errors.Print(mistakes[0]);
            mistakes[1..].ForEach(errors.PrintFurther);
        }

        return status;
    }

    private static void WriteJson(List<RestoreException> mistakes, Output output)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (RestoreException mistake in mistakes)
            {
                string[] hints = mistake.Error.Hint?.Split('\n') ?? [];
                json.WriteStartObject();
                json.WriteNumber("line"u8, mistake.FaultLine);
                json.WriteNumber("column"u8, mistake.Column);
                json.WriteString("word"u8, mistake.Word);
                json.WriteString("text"u8, MessageText.Of(mistake.Text));
                json.WriteString("message"u8, mistake.Error.Message.Trim());
                WriteLines("hint"u8, Array.FindAll(hints, static hint => !hint.StartsWith(LineHints.Write, StringComparison.Ordinal)), json);
                WriteLines("write"u8, Array.ConvertAll(Array.FindAll(hints, static hint => hint.StartsWith(LineHints.Write, StringComparison.Ordinal)), static hint => hint[LineHints.Write.Length..]), json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.Write(text.WrittenSpan);
        output.Write((byte)'\n');
    }

    private static void WriteLines(ReadOnlySpan<byte> name, string[] lines, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (string line in lines)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    }

    /// <summary>What help says over nf_tables: without the options of the lock, which are taken and mean nothing.</summary>
    private static ProgramDescription WithoutLock(ProgramDescription described) => described with
    {
        Usage = ["[-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]"],
        Options = Array.FindAll(s_options, static option => option.Letter is not ('w' or 'W')),
    };

    private static int Restore(
        ITables tables, RestoreOptions options, byte[]? file, int? seconds, Output output, ErrorReport errors)
    {
        if (!InputFile.TryOpen(file, errors, out int input))
        {
            return 1;
        }

        using Restore restore = new(
            tables, options with { LineText = line => ReadAgain(input, line), Doubt = errors.Doubt }, output, errors.Line, () => TableLock.Take(tables.Interface, seconds));
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

    /// <summary>Reads the input again up to a line; null when the input is not a file.</summary>
    private static byte[]? ReadAgain(int input, int wanted)
    {
        int again = FileDescriptor.ReopenFile(input);
        if (again < 0)
        {
            return null;
        }

        byte[]? text = new LineReader(again).Find(wanted);
        FileDescriptor.Close(again);
        return text;
    }
}
