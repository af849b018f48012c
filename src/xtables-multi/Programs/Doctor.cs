using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sharptables.Diagnosis;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables doctor</c>: reports what this machine has and lacks for a firewall.</summary>
internal static class Doctor
{
    private const string RulesTopic = "rules";

    private static readonly ProgramOption[] s_options =
    [
        new('j', "json", summary: "Writes the report as JSON."),
        new('v', "verbose", summary: "Also lists each match and target with its revisions."),
        new('q', "quiet", summary: "Leaves out what is in order."),
        Terminal.ColorOption,
        new('h', "help", summary: "Shows its usage."),
    ];

    public static ProgramDescription Describe(Family family) => new(
        "sharptables-doctor", "reports what this machine has and lacks for a firewall", ["[-j] [-q | -v] [--color when]"], """
        Examines what a firewall needs: the kernel's tables, matches and targets; the rules in force, of iptables-legacy and nf_tables,
        for IPv4 and IPv6; what they need (forwarding, programs that read queues, interfaces, connection tracking helpers); other firewalls;
        the files of rules that are loaded at boot; the settings that firewall scripts rely on; the lock. It changes nothing and loads no
        modules; tables are requested in an empty network namespace.

        Each line of the report begins with what it means:

        `ok`
          As it should be.

        `note`
          Worth knowing.

        `mend`
          Something to fix: rules may not do what they seem to.

        `fail`
          A firewall cannot be set up at all.

        Below a line, after an arrow, is what to do about it: words, and often a command that does it.
        """)
    {
        Operands = [],
        Options = s_options,
        ExitStatus = "0 if nothing needs fixing, 1 if something does, 2 if a firewall cannot be set up, or an option is wrong.",
        Sections =
        [
            new("JSON", """
                One object with the members `status` (the exit status) and `observations`: a list of objects with `severity` (`ok`, `note`,
                `mend`, `fail`), `topic` (`kernel`, `rules`, `others`, `files`, `settings`, `lock`), `text`, and, where something can be done,
                `advice` (words), `remedy` (a command for the shell), or both. With -v
                also `extensions`: a list of objects with `kind` (`match`, `target`), `name`, `family` (`IPv4`, `IPv6`), and `revisions`.
                """),
        ],
        Examples =
        [
            new("Shows what needs attention", "sharptables doctor --quiet"),
            new("Writes the report as JSON", "sharptables doctor --json"),
        ],
        SeeAlso = ["iptables(8)", "sysctl(8)", "nft(8)"],
    };

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new("sharptables doctor");
        Output output = new(StandardStreams.Output);
        OptionReader reader = new(invocation, s_options);
        bool json = false, quiet = false, verbose = false, hasColor;
        byte[]? color = null;
        try
        {
            for (char option; (option = reader.Next()) != '\0';)
            {
                if (option == 'h')
                {
                    ProgramHelp.Write(Describe(Family.IPv4), "sharptables doctor", output);
                    output.Flush();
                    return 0;
                }

                json |= option == 'j';
                quiet |= option == 'q';
                verbose |= option == 'v';
                color = option == Terminal.ColorOption.Letter ? reader.Value : color;
            }

            hasColor = Terminal.HasColor(color);
        }
        catch (OptionException e)
        {
            errors.Print(e);
            return 2;
        }

        if (reader.Operands.Count > 0)
        {
            errors.Message($"there is no operand: {MessageText.Of(reader.Operands[0])}");
            return 2;
        }

        InterfaceChoice choice = InterfaceChoice.Make();
        Machine machine = Machine.Examine(choice.Interface);
        int status = machine.Worst switch { Severity.Broken => 2, Severity.Warning => 1, _ => 0 };
        Observation used = new(Severity.Good, RulesTopic, $"iptables and ip6tables use {(choice.Interface == KernelInterface.Nft ? "nf_tables" : "the legacy interface")}: {choice.Reason}");
        int place = machine.Observations.TakeWhile(static observation => observation.Topic != RulesTopic).Count();
        IEnumerable<Observation> all = place == machine.Observations.Count ? machine.Observations // nothing can be told
            : machine.Observations.Take(place).Append(used).Concat(machine.Observations.Skip(place));
        IEnumerable<Observation> shown = all.Where(observation => !quiet || observation.Severity > Severity.Good);
        IReadOnlyList<KernelExtension> extensions = verbose ? machine.Extensions : [];
        if (json)
        {
            WriteJson(shown, extensions, status, output);
        }
        else
        {
            WriteText(shown, hasColor, output);
            WriteText(extensions, output);
        }

        output.Flush();
        return status;
    }

    private static void WriteText(IEnumerable<Observation> found, bool hasColor, Output output)
    {
        string? topic = null;
        foreach (Observation observation in found)
        {
            if (observation.Topic != topic)
            {
                output.Write(topic is null ? $"{observation.Topic}\n" : $"\n{observation.Topic}\n");
                topic = observation.Topic;
            }

            output.Write($"  {Terminal.Paint($"{Word(observation.Severity),-4}", Color(observation.Severity), hasColor)}  ");
            Paragraph.Write(observation.Text, 8, output);
            if (observation.Advice is { } advice)
            {
                output.Write("        -> "u8);
                Paragraph.Write(advice, 11, output);
            }

            if (observation.Remedy is { } remedy)
            {
                output.Write($"        -> {remedy}\n"); // whole, to be copied
            }
        }
    }

    private static void WriteText(IReadOnlyList<KernelExtension> extensions, Output output)
    {
        if (extensions.Count > 0)
        {
            output.Write("\nmatches and targets: revisions\n"u8);
        }

        foreach (KernelExtension extension in extensions)
        {
            output.Write($"  {extension.Family}  {Kind(extension),-6}  {extension.Name,-12}  {string.Join(' ', extension.Revisions)}\n");
        }
    }

    private static string Kind(KernelExtension extension) => extension.IsTarget ? "target" : "match";

    private static int Color(Severity severity) => severity switch
    {
        Severity.Good => 32,
        Severity.Note => 36,
        Severity.Warning => 33,
        _ => 31,
    };

    private static string Word(Severity severity) => severity switch
    {
        Severity.Good => "ok",
        Severity.Note => "note",
        Severity.Warning => "mend",
        _ => "fail",
    };

    private static void WriteJson(IEnumerable<Observation> found, IReadOnlyList<KernelExtension> extensions, int status, Output output)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("status"u8, status);
            json.WriteStartArray("observations"u8);
            foreach (Observation observation in found)
            {
                json.WriteStartObject();
                json.WriteString("severity"u8, Word(observation.Severity));
                json.WriteString("topic"u8, observation.Topic);
                json.WriteString("text"u8, observation.Text);
                if (observation.Advice is { } advice)
                {
                    json.WriteString("advice"u8, advice);
                }

                if (observation.Remedy is { } remedy)
                {
                    json.WriteString("remedy"u8, remedy);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteJson(extensions, json);
            json.WriteEndObject();
        }

        output.Write(text.WrittenSpan);
        output.Write((byte)'\n');
    }

    private static void WriteJson(IReadOnlyList<KernelExtension> extensions, Utf8JsonWriter json)
    {
        if (extensions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("extensions"u8);
        foreach (KernelExtension extension in extensions)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, Kind(extension));
            json.WriteString("name"u8, extension.Name);
            json.WriteString("family"u8, extension.Family);
            json.WriteStartArray("revisions"u8);
            foreach (int revision in extension.Revisions)
            {
                json.WriteNumberValue(revision);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
