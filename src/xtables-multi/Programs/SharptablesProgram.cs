using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Hints;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables</c>: what goes beyond iptables, as commands.</summary>
internal static class SharptablesProgram
{
    /// <summary>Its commands: <c>sharptables NAME</c>. Each has a manual page <c>sharptables-NAME</c>.</summary>
    public static readonly ProgramEntry[] Commands =
    [
        new("completion", CompletionProgram.Run, CompletionProgram.Describe),
        new("manual", ManualProgram.Run, ManualProgram.Describe),
        new("doctor", Doctor.Run, Doctor.Describe),
        new("explain", ExplainProgram.Run, ExplainProgram.Describe),
        new("check", CheckProgram.Run, CheckProgram.Describe),
        new("migrate", Migrate.Run, Migrate.Describe),
        new("translate", Translate.Run, Translate.Describe),
        new("programs", ProgramNames.Run, ProgramNames.Describe),
    ];

    private static readonly ProgramOption[] s_options =
    [
        new('h', "help", summary: "Lists its commands."),
        new('V', "version", summary: "Shows its version."),
    ];

    public static ProgramDescription Describe(Family family) => new(
        "sharptables", "what goes beyond iptables", ["command [option...]", "--version", "--help"], """
        Sharptables is a new implementation of iptables 1.8.10. The firewall itself is set up with iptables, ip6tables, and their -save
        and -restore; the commands of this program do what those cannot. Each has a manual page of its own.
        """)
    {
        Operands = [],
        Options = s_options,
        Commands = Array.ConvertAll(Commands, command => command.Describe(family)),
        ExitStatus = "That of the command; 2 if there is no such command.",
        Sections = [new("EXIT STATUSES OF ALL PROGRAMS", Statuses(family))],
        Examples = [new("Shows its version and its commands:", "sharptables --version\nsharptables --help")],
        SeeAlso = [.. Array.ConvertAll(Commands, static command => $"sharptables-{command.Name}(8)"), "iptables(8)"],
    };

    /// <summary>What each program exits with, those of one description together.</summary>
    private static string Statuses(Family family)
    {
        List<string> paragraphs = [];
        List<Func<Family, ProgramDescription>> seen = [Describe];
        foreach (ProgramEntry program in (ProgramEntry[])[.. ProgramList.All, .. Commands])
        {
            if (!seen.Contains(program.Describe))
            {
                seen.Add(program.Describe);
                ProgramDescription described = program.Describe(family);
                string[] lines = described.ExitStatus.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                paragraphs.Add($"{described.Name}\n  {string.Join(' ', Array.ConvertAll(lines, static line => char.IsAsciiDigit(line[^1]) ? line + ":" : line.Trim()))}");
            }
        }

        return string.Join("\n\n", paragraphs);
    }

    public static int Run(Invocation invocation)
    {
        string word = invocation.Words.IsEmpty ? "" : MessageText.Of(invocation.Words.Span[0]);
        try
        {
            return Run(invocation, word);
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            new ErrorReport("sharptables").Line($"sharptables {word}: {KernelErrors.Text(e)}");
            return 2;
        }
    }

    private static int Run(Invocation invocation, string word)
    {
        Output output = new(StandardStreams.Output);
        switch (word)
        {
            case "--version" or "-V":
                output.Write(Invocation.OwnVersionOf("sharptables"));
                output.Flush();
                return 0;
            case "--help" or "-h" or "help":
                WriteUsage(output);
                return 0;
            case RollbackWatchdog.Word: // started by iptables-apply, and not listed
                return RollbackWatchdog.Run(invocation with { Words = invocation.Words[1..] });
        }

        if (Array.Find(Commands, command => command.Name == word) is { } known)
        {
            return known.Start(invocation with { CalledAs = [.. "sharptables "u8, .. invocation.Words.Span[0]], Words = invocation.Words[1..] });
        }

        Output errors = new(StandardStreams.Error);
        string? meant = Nearest.To(word, Array.ConvertAll(Commands, static command => command.Name));
        errors.Write(word.Length == 0 ? "sharptables: no command given\n" : $"sharptables: unknown command \"{word}\"\n");
        errors.Write(meant is null ? "" : $"Hint: Did you mean \"sharptables {meant}\"?\n");
        WriteUsage(errors);
        return 2;
    }

    private static void WriteUsage(Output output)
    {
        output.Write("Usage: sharptables command [option...]\n       sharptables --version\n\nCommands:\n"u8);
        foreach (ProgramEntry command in Commands)
        {
            output.Write($"  {command.Name,-12} {command.Describe(Family.IPv4).Summary}\n");
        }

        output.Write("\nThe firewall itself is set up with iptables, ip6tables, arptables, ebtables.\n"u8);
        output.Flush();
    }
}
