using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>The words of <c>sharptables check</c>: files, options of its own, and options of <c>sharptables explain</c> that hold for all questions.</summary>
internal sealed class CheckWords
{
    /// <summary>The options that are not those of a question.</summary>
    public static ProgramOption[] Options { get; } =
    [
        new('\x01', "junit", summary: "Writes the answers as XML, as JUnit does; if not given, as TAP (testanything.org)."),
        new('h', "help", summary: "Shows its options."),
    ];

    public bool IsJUnit { get; private set; }

    public bool AsksForHelp { get; private set; }

    /// <summary>The files of questions.</summary>
    public List<byte[]> Files { get; } = [];

    /// <summary>What holds for all questions.</summary>
    public List<byte[]> ForAll { get; } = [];

    /// <summary>Sorts the words.</summary>
    public static CheckWords Read(Invocation invocation)
    {
        CheckWords read = new();
        ReadOnlySpan<byte[]> words = invocation.Words.Span;
        for (int i = 0; i < words.Length; i++)
        {
            string word = Encoding.UTF8.GetString(words[i]);
            if (Array.Find(Options, option => word == $"--{option.Name}" || (option.HasLetter && word == $"-{option.Letter}")) is { } own)
            {
                read.AsksForHelp |= own.Letter == 'h';
                read.IsJUnit |= own.Letter != 'h';
            }
            else if (word == "-" || !word.StartsWith('-'))
            {
                read.Files.Add(words[i]);
            }
            else
            {
                read.ForAll.Add(words[i]);
                if (ExplainWords.TakesValue(word) && i + 1 < words.Length)
                {
                    read.ForAll.Add(words[++i]);
                }
            }
        }

        return read;
    }
}
