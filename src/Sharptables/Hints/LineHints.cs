using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Hints;

/// <summary>Explains an error in a line of a file, and where in the line it is.</summary>
/// <param name="family">The family of the program.</param>
/// <param name="names">What names mean.</param>
/// <param name="program">The program that reads the file.</param>
internal sealed class LineHints(Family family, INames names, string program)
{
    /// <summary>What precedes a line of a hint that is to be written in the place of the one at fault.</summary>
    public const string Write = "write: ";

    /// <summary>The error with what is known of it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="line">The line.</param>
    /// <param name="table">The table that it is in, or null.</param>
    public RestoreException Explain(UsageException error, SaveReader line, Table? table)
    {
        if (error.Shape is ErrorShape.Busy or ErrorShape.NoLock or ErrorShape.Ended)
        {
            return line.At(error);
        }

        List<string> chains = [];
        foreach (Chain chain in table is null ? [] : table.Chains)
        {
            chains.Add(Encoding.UTF8.GetString(chain.Name));
        }

        string? name = table is null ? null : Encoding.UTF8.GetString(table.Name);
        if (FileMistakes.See(line.Text, family, name, chains) is { } mistake)
        {
            return line.At(error.With(Text(mistake.Reason, mistake.Lines)));
        }

        ReadOnlySpan<byte> text = line.Text;
        if (line.Kind != SaveLine.Rule || table is null || text.Contains((byte)0))
        {
            return line.At(error);
        }

        ReadOnlySpan<byte> rule = text is [(byte)'[', ..] ? text[(text.IndexOf((byte)']') + 1)..] : text;
        Words words = new();
        try
        {
            RestoreWords.Split(rule, words);
        }
        catch (UsageException)
        {
            return line.At(error);
        }

        byte[][] typed = new byte[words.Count][];
        for (int i = 0; i < typed.Length; i++)
        {
            typed[i] = words.Span(i).ToArray();
        }

        HintBook book = new(family, names, _ => chains) { Program = program, Table = name };
        Advice advice = book.For(error, typed);
        int at = advice.At < typed.Length ? advice.At : -1;
        return new RestoreException(line.Line, text, advice.Reasons.Count == 0 ? error : error.With(Text(string.Join('\n', advice.Reasons), advice.IsForOther ? [] : advice.ToWrite())))
        {
            Column = at < 0 ? line.Column : text.Length - rule.Length + words.StartInText(at) + 1,
            Word = at < 0 ? "" : MessageText.Of(typed[at]),
        };
    }

    private static string Text(string reasons, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            reasons += $"\n{Write}{line}";
        }

        return reasons;
    }
}
