using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>Writes what <c>-h</c> prints: help for the command line, then for each extension named before it.</summary>
internal static class HelpText
{
    private const int LetterColumn = 19;
    private const int Column = 32;

    /// <summary>Writes the help.</summary>
    /// <param name="command">The command line as far as it has been read.</param>
    /// <param name="program">The program.</param>
    /// <param name="version">Its version.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(Command command, ProgramDescription program, string version, Output output)
    {
        WriteProgram(program, version, output);
        for (int i = 1; i < command.Rule.Count; i++)
        {
            if (command.Rule[i].Extension.IsTarget)
            {
                WriteExtension(command.Rule[i].Extension, output);
            }
        }

        if (StandardVerdict.TryParse(command.Target.Span, out _) && (command.Options & CommandOptions.Goto) == 0)
        {
            output.Write("\nstandard match options:\n(If target is DROP, ACCEPT, RETURN or nothing)\n"u8);
        }

        for (int i = 1; i < command.Rule.Count; i++)
        {
            if (!command.Rule[i].Extension.IsTarget)
            {
                WriteExtension(command.Rule[i].Extension, output);
            }
        }
    }

    /// <summary>Writes an extension's options, one per line.</summary>
    public static void WriteExtension(Extension extension, Output output)
    {
        output.Write((byte)'\n');
        if (extension.Help is { } help)
        {
            output.Write(help);
            return;
        }

        if (extension.Options.Length == 0)
        {
            output.Write($"{extension.Name} does not take any options\n");
            return;
        }

        output.Write($"{extension.HelpHeading}\n");
        List<Option> shown = [];
        foreach (Option option in extension.Options)
        {
            shown.Insert(shown.FindLastIndex(other => other.HelpRank <= option.HelpRank) + 1, option);
        }

        foreach (Option option in shown)
        {
            WriteOption(option, output);
        }

        string? last = null;
        foreach (Option option in extension.Options)
        {
            if (ValuesOf(option) is { } values && values.Heading != last)
            {
                last = values.Heading;
                WriteValues(values, output);
            }
        }
    }

    private static void WriteOption(Option option, Output output)
    {
        int start = output.Length;
        output.Write(option.CanInvert ? "[!] --"u8 : "    --"u8);
        bool isShortForm = option.FullName != option.Name; // what it abbreviates comes first
        output.Write(string.Join(", --", (string[])(isShortForm ? [.. option.Aliases, option.Name] : [option.Name, .. option.Aliases])));

        if (option.Placeholder.Length > 0)
        {
            output.Write((byte)' ');
            output.Write(option.Placeholder);
        }

        WriteSummary(start, option.Summary, output);
    }

    /// <summary>The values of an option, unless its placeholder lists them or they are not known; null then.</summary>
    private static ValueList? ValuesOf(Option option) =>
        option.Values
        ?? (option.Choices.Count == 0 || option.Placeholder.Contains(option.Choices[0], StringComparison.Ordinal)
            ? null
            : new ValueList($"Words for --{option.Name}:", option.Choices, indent: "    "));

    private static void WriteValues(ValueList values, Output output)
    {
        output.Write($"{values.Heading}\n");
        foreach (string line in values.Lines)
        {
            output.Write($"{values.Indent}{line}\n");
        }
    }

    /// <summary>
    /// Writes a summary in its column, on the next line if the option extends into it, without the braces around names of options.
    /// </summary>
    private static void WriteSummary(int start, string summary, Output output)
    {
        if (output.Length - start >= Column)
        {
            output.Write((byte)'\n');
            start = output.Length;
        }

        output.PadFrom(start, Column);
        Paragraph.Write(SummaryText.Plain(summary), Column, output);
    }

    private static void WriteProgram(ProgramDescription program, string version, Output output)
    {
        output.Write($"{program.Name} {version}\n\n");
        string before = "Usage: ";
        foreach (string form in program.Usage)
        {
            output.Write($"{before}{program.Name} {form}\n");
            before = "       ";
        }

        output.Write("\nCommands:\nA command is one letter or a long name; long names may be abbreviated.\n"u8);
        WriteOptions(Array.FindAll(program.Options, static option => option.Group == OptionGroup.Command), output);
        output.Write("\nOptions:\n"u8);
        WriteOptions(Array.FindAll(program.Options, static option => option.Group != OptionGroup.Command), output);
    }

    private static void WriteOptions(CommandOption[] options, Output output)
    {
        foreach (CommandOption option in options)
        {
            if (option.Summary.Length == 0)
            {
                continue; // only for old scripts
            }

            int start = output.Length;
            output.Write(option.CanInvert ? "[!] --"u8 : "    --"u8);
            output.Write(option.Name);
            if (option.HasLetter)
            {
                output.PadFrom(start, LetterColumn);
                output.Write($" -{option.Letter}");
            }

            output.Write(option.Placeholder.Length > 0 ? $" {option.Placeholder}" : "");
            WriteSummary(start, option.Summary, output);
        }
    }
}
