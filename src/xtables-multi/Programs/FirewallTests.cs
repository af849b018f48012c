using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sharptables.Explain;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// A file of questions: on each line what is expected, and the packet; or options that hold for the lines behind it. What follows <c>#</c> is the
/// name of the question, or a comment if the line has no other.
/// </summary>
/// <param name="invocation">How the program was called, with options that hold for all lines.</param>
/// <param name="errors">Prints warnings.</param>
internal sealed class FirewallTests(Invocation invocation, ErrorReport errors) : IDisposable
{
    private readonly Dictionary<string, AskedRules> _rules = [];
    private readonly List<FirewallTest> _tests = [];

    /// <summary>The questions that were asked, with their answers.</summary>
    public IReadOnlyList<FirewallTest> All => _tests;

    /// <summary>Asks all questions of a file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Its path, which those in it are relative to; null for standard input.</param>
    /// <exception cref="FormatException">A line is no question, or a file cannot be read.</exception>
    /// <exception cref="RestoreException">A file of rules is wrong.</exception>
    public void Run(string text, string? path)
    {
        byte[][] common = invocation.Words.ToArray();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            (string question, string name) = Part(line.TrimEnd('\r'));
            Words words = new();
            RestoreWords.Split(Encoding.UTF8.GetBytes(question), words);
            List<byte[]> split = [];
            for (int i = 0; i < words.Count; i++)
            {
                split.Add(words.Span(i).ToArray());
            }

            if (split.Count == 0)
            {
                continue;
            }

            string first = Encoding.UTF8.GetString(split[0]);
            if (first.StartsWith('-'))
            {
                common = [.. invocation.Words.Span, .. Resolved(split, path)];
                continue;
            }

            if (!Expectation.Is(first))
            {
                throw new FormatException($"line {number}: \"{first}\" is not what becomes of a packet: {string.Join(", ", Expectation.Words)}");
            }

            Ask(number, first.ToUpperInvariant(), MessageText.Of(Encoding.UTF8.GetBytes(name.Length > 0 ? name : question.Trim())), [.. common, .. Resolved(split[1..], path)]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AskedRules rules in _rules.Values)
        {
            rules.Dispose();
        }
    }

    private void Ask(int line, string expected, string name, byte[][] said)
    {
        Output answer = new(Output.Kept);
        ExplainWords words;
        AskedRules rules;
        try
        {
            words = ExplainWords.Read(invocation with { Words = said });
            rules = RulesFor(words);
        }
        catch (Exception e) when (e is OptionException or FormatException)
        {
            throw new FormatException($"line {line}: {e.Message}"); // without them no question can be asked
        }

        bool passed;
        try
        {
            List<Explanation> explanations = [.. new PacketQuestion(words, rules).Answers()];
            passed = explanations.TrueForAll(explanation => Expectation.IsMet(expected, explanation) is true);
            if (!passed)
            {
                explanations.ForEach(new ExplanationText(answer, rules.File, static (word, _) => word).Write);
            }
        }
        catch (Exception e) when (e is UsageException or OptionException or FormatException)
        {
            passed = false;
            answer.Write($"error: {e.Message.Trim()}\n");
        }

        _tests.Add(new(_tests.Count + 1, line, name, expected, passed, Encoding.UTF8.GetString(answer.Written).TrimEnd('\n')));
    }

    /// <summary>The rules are read once for all questions about them.</summary>
    private AskedRules RulesFor(ExplainWords words)
    {
        string key = $"{(words.Rules is { } file ? Encoding.UTF8.GetString(file) : "")}\n{words.Family?.Name}\n{words.Through}";
        if (!_rules.TryGetValue(key, out AskedRules? rules))
        {
            _rules.Add(key, rules = AskedRules.For(words, errors));
        }

        return rules;
    }

    /// <summary>Paths behind options that name files are relative to the file of questions.</summary>
    private static List<byte[]> Resolved(List<byte[]> words, string? path)
    {
        int slash = path?.LastIndexOf('/') ?? -1;
        for (int i = 0; i + 1 < words.Count && slash >= 0; i++)
        {
            if (ExplainWords.NamesFile(words[i]) && words[i + 1].AsSpan() is not [(byte)'/', ..])
            {
                words[i + 1] = [.. Encoding.UTF8.GetBytes(path![..(slash + 1)]), .. words[i + 1]];
            }
        }

        return words;
    }

    /// <summary>Parts a line into the question and what follows <c>#</c>, which may stand in quotes.</summary>
    private static (string Question, string Name) Part(string line)
    {
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            isQuoted ^= line[i] == '"';
            if (line[i] == '#' && !isQuoted && (i == 0 || line[i - 1] is ' ' or '\t'))
            {
                return (line[..i], line[(i + 1)..].Trim());
            }
        }

        return (line, "");
    }
}
