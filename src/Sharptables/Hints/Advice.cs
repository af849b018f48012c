using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Hints;

/// <summary>What is said below an error.</summary>
/// <param name="Reasons">A line each.</param>
/// <param name="Commands">What to type, a command line each without its program; of a file the lines to write. Empty if that is not known.</param>
internal sealed record Advice(IReadOnlyList<string> Reasons, IReadOnlyList<string[]> Commands)
{
    /// <summary>What has to be typed first.</summary>
    public string? Before { get; init; }

    /// <summary>The number of the word at fault; below zero if none is.</summary>
    public int At { get; init; } = -1;

    /// <summary>Whether the program of the other IP family is meant.</summary>
    public bool IsForOther { get; init; }

    /// <summary>The commands as they are typed in a shell; null without any.</summary>
    public string? ToType(string program)
    {
        if (Commands.Count == 0)
        {
            return null;
        }

        List<string> typed = Before is null ? [] : [Before];
        foreach (string[] command in Commands)
        {
            string line = program;
            foreach (string word in command)
            {
                line += " " + ForShell(word);
            }

            typed.Add(line);
        }

        return string.Join("; ", typed);
    }

    /// <summary>The lines as they are written in a file.</summary>
    public IEnumerable<string> ToWrite()
    {
        foreach (string[] command in Commands)
        {
            Output line = new(Output.Kept);
            foreach (string word in command)
            {
                line.Write(line.Length == 0 ? "" : " ");
                QuotedText.WriteName(Encoding.UTF8.GetBytes(word), line);
            }

            yield return Encoding.UTF8.GetString(line.Written);
        }
    }

    private static string ForShell(string word)
    {
        bool isPlain = word.Length > 0 && (!word.Contains('!', StringComparison.Ordinal) || word == "!");
        foreach (char sign in word)
        {
            isPlain &= !" \t\"'`$&|;<>()*?[]#~\\".Contains(sign, StringComparison.Ordinal);
        }

        return isPlain ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
