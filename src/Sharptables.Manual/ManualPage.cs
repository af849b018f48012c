using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>Writes the manual page of a program, in roff.</summary>
internal static class ManualPage
{
    private static readonly (OptionGroup Group, string Heading)[] s_groups =
        [(OptionGroup.Command, "COMMANDS"), (OptionGroup.Rule, "PARAMETERS"), (OptionGroup.Other, "OPTIONS")];

    /// <summary>Writes the page.</summary>
    /// <param name="program">The program.</param>
    /// <param name="calledAs">How it is called: <c>sharptables doctor</c>.</param>
    /// <param name="twins">Other programs that share the page.</param>
    /// <param name="edition">The footer.</param>
    /// <param name="text">Where to write.</param>
    /// <param name="more">Writes what precedes the exit status, or null.</param>
    public static void Write(
        ProgramDescription program,
        string calledAs,
        IReadOnlyList<string> twins,
        ManualEdition edition,
        ManualText text,
        Action<ManualText>? more = null)
    {
        text.Title(program.Name, program.ManualSection, edition);
        text.Heading("NAME");
        text.Name([program.Name, .. twins], program.Summary);
        if (program.Synopsis.Length > 0)
        {
            text.Heading("SYNOPSIS");
            text.Lines(Array.ConvertAll(program.Synopsis, form => $"{ManualText.Command(calledAs)} {ManualText.Form(form)}".TrimEnd()));
        }

        text.Heading("DESCRIPTION");
        text.Paragraphs(program.Description);
        WriteCommands(program, text);
        foreach ((OptionGroup group, string heading) in s_groups)
        {
            WriteOptions(Array.FindAll(program.Options, option => option.Group == group && option.Summary.Length > 0), heading, text);
        }

        more?.Invoke(text);
        foreach (ProgramSection section in program.Sections)
        {
            text.Heading(section.Heading);
            text.Paragraphs(section.Text);
        }

        WriteEnd(program, text);
    }

    private static void WriteEnd(ProgramDescription program, ManualText text)
    {
        if (program.ExitStatus.Length > 0)
        {
            text.Heading("EXIT STATUS");
            text.Paragraphs(program.ExitStatus);
        }

        if (program.Files.Length > 0)
        {
            text.Heading("FILES");
            foreach ((string path, string what) in program.Files)
            {
                text.Tagged(ManualText.File(path), Sentence(what));
            }
        }

        if (program.Examples.Length > 0)
        {
            text.Heading("EXAMPLES");
            foreach (ProgramExample example in program.Examples)
            {
                text.Paragraph($"{example.What.TrimEnd('.', ':')}:");
                text.Literal(example.Command.Split('\n'));
            }
        }

        if (program.SeeAlso.Length > 0)
        {
            text.Heading("SEE ALSO");
            text.References(program.SeeAlso);
        }
    }

    private static void WriteCommands(ProgramDescription program, ManualText text)
    {
        if (program.Commands.Length > 0)
        {
            text.Heading("COMMANDS");
            foreach (ProgramDescription command in program.Commands)
            {
                text.Tagged(ManualText.Command(command.Name[(program.Name.Length + 1)..]), Sentence(command.Summary));
            }
        }
    }

    private static void WriteOptions(CommandOption[] options, string heading, ManualText text)
    {
        if (options.Length > 0)
        {
            text.Heading(heading);
            foreach (CommandOption option in options)
            {
                text.Tagged(Tag(option), option.Summary);
            }
        }
    }

    private static string Tag(CommandOption option)
    {
        StringBuilder tag = new(option.CanInvert ? $"[{ManualText.Command("!")}] " : "");
        string separator = "";
        foreach (string name in (ReadOnlySpan<string>)
        [
            option.HasLetter ? $"-{option.Letter}" : "",
            option.Name.Length > 0 ? $"--{option.Name}" : "",
            option.Aliases is [var alias, ..] ? $"--{alias}" : "",
        ])
        {
            if (name.Length > 0)
            {
                tag.Append(separator).Append(ManualText.Command(name));
                separator = ", ";
            }
        }

        string value = option.Placeholder;
        return ManualText.Unbroken(tag.Append(value.Length > 0 ? " " : "").Append(ManualText.Form(value)).ToString());
    }

    private static string Sentence(string summary) =>
        $"{char.ToUpperInvariant(summary[0])}{summary[1..]}{(summary[^1] == '.' ? "" : ".")}";
}
