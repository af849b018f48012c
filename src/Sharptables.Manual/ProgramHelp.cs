using Sharptables.Formats.Iptables;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>Writes what <c>--help</c> prints of a program other than iptables and ip6tables.</summary>
internal static class ProgramHelp
{
    private const int Column = 28;

    /// <summary>Writes its forms, its summary and its options.</summary>
    /// <param name="program">The program.</param>
    /// <param name="calledAs">How it is called: <c>sharptables doctor</c>.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(ProgramDescription program, string calledAs, Output output)
    {
        string before = "Usage: ";
        foreach (string form in program.Usage)
        {
            output.Write($"{before}{calledAs} {form}".TrimEnd());
            output.Write((byte)'\n');
            before = "       ";
        }

        output.Write($"\n{char.ToUpperInvariant(program.Summary[0])}{program.Summary[1..]}.\n\nOptions:\n");
        foreach (CommandOption option in program.Options)
        {
            WriteOption(option, output);
        }
    }

    private static void WriteOption(CommandOption option, Output output)
    {
        if (option.Summary.Length == 0)
        {
            return;
        }

        int start = output.Length;
        output.Write(!option.HasLetter ? "      " : option.Name.Length == 0 ? $"  -{option.Letter}" : $"  -{option.Letter}, ");
        if (option.Name.Length > 0)
        {
            output.Write($"--{option.Name}");
        }

        if (option.Placeholder.Length > 0)
        {
            output.Write($" {option.Placeholder}");
        }

        if (output.Length - start >= Column)
        {
            output.Write((byte)'\n');
            start = output.Length;
        }

        output.PadFrom(start, Column);
        Paragraph.Write(SummaryText.Plain(option.Summary), Column, output);
    }
}
