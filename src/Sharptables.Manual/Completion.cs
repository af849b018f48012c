using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>
/// Finds the words that may come next on a program's command line, from the declarations that the program parses its options by.
/// </summary>
internal sealed class Completion
{
    private readonly ICandidateSource _source;
    private readonly CompletionLine _line;

    private Completion(CompletionLine line, ICandidateSource source) => (_line, _source) = (line, source);

    /// <summary>Finds the words that may complete the last one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="words">The words after its name; the last is being typed, and may be empty.</param>
    /// <param name="source">What exists on the machine.</param>
    public static List<Candidate> Find(ProgramDescription program, ReadOnlySpan<string> words, ICandidateSource source)
    {
        Completion completion = new(new CompletionLine(program, words[..^1]), source);
        List<Candidate> found = [];
        HashSet<string> seen = [];
        foreach (Candidate candidate in completion.At(words[^1]))
        {
            if ((candidate.IsOfShell || candidate.Text.StartsWith(words[^1], StringComparison.Ordinal)) && seen.Add(candidate.Text))
            {
                found.Add(candidate);
            }
        }

        return found;
    }

    private IEnumerable<Candidate> At(string word)
    {
        if (_line.Slots.TryPeek(out CompletionSlot slot) && !(slot.IsOptional && word is ['-' or '!', ..]))
        {
            List<Candidate> values = [.. Values(slot, word)];
            return values.Count > 0 || !slot.IsOptional || word.Length > 0 ? values : Options(word);
        }

        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return word is ['-', '-', ..] && equals > 0 ? ValuesBehind(word[..(equals + 1)], word[(equals + 1)..])
            : word is ['-', ..] ? Options(word)
            : Operands(word);
    }

    private IEnumerable<Candidate> ValuesBehind(string option, string word)
    {
        if (_line.SlotsOf(Encoding.UTF8.GetBytes(option[2..^1])) is [var slot, ..])
        {
            foreach (Candidate value in Values(slot, word))
            {
                yield return value.IsOfShell ? value : value with { Text = option + value.Text };
            }
        }
    }

    private IEnumerable<Candidate> Values(CompletionSlot slot, string word)
    {
        string before = slot.IsList ? word[..(word.LastIndexOf(',') + 1)] : "";
        string[] taken = before.Split(',');
        foreach (Candidate value in Values(slot))
        {
            if (before.Length == 0)
            {
                yield return value;
            }
            else if (!value.IsOfShell && Array.IndexOf(taken, value.Text) < 0)
            {
                yield return value with { Text = before + value.Text };
            }
        }
    }

    private IEnumerable<Candidate> Values(CompletionSlot slot)
    {
        if (slot.Choices.Count > 0)
        {
            foreach (string choice in slot.Choices)
            {
                yield return new Candidate(choice);
            }

            yield break;
        }

        if (slot.IsOwn && _line.Program.Extensions is { } extensions && slot.Kind is "match" or "target" or "policy")
        {
            foreach (Candidate named in slot.Kind == "match" ? Extensions(extensions.Family, ExtensionList.Matches.ToArray())
                : slot.Kind == "target" ? Targets(extensions.Family)
                : Verdicts(isPolicy: true))
            {
                yield return named;
            }

            yield break;
        }

        foreach (Candidate known in slot.Kind == "user-chain" ? UserChains() : _source.Find(slot.Kind, _line.Table))
        {
            yield return known;
        }
    }

    private IEnumerable<Candidate> Targets(Family family) =>
    [
        .. Verdicts(isPolicy: false),
        .. UserChains(),
        .. Extensions(family, ExtensionList.Targets.ToArray()),
    ];

    /// <summary>The chains that a rule may jump to: all but built-in ones.</summary>
    private IEnumerable<Candidate> UserChains()
    {
        HashSet<string> builtIn = [.. _line.Program.Extensions is { Family: var family } ? BuiltInTable.Named(_line.Table, family)?.Chains ?? [] : []];
        foreach (Candidate chain in _source.Find("chain", _line.Table))
        {
            if (!builtIn.Contains(chain.Text))
            {
                yield return chain;
            }
        }
    }

    private static IEnumerable<Candidate> Verdicts(bool isPolicy)
    {
        foreach ((string name, string summary, bool mayBePolicy) in StandardVerdict.All())
        {
            if (!isPolicy || mayBePolicy)
            {
                yield return new Candidate(name, summary);
            }
        }
    }

    /// <summary>The extensions that are allowed in the table and the chain.</summary>
    private IEnumerable<Candidate> Extensions(Family family, ExtensionEntry[] entries)
    {
        foreach (ExtensionEntry entry in entries)
        {
            if ((entry.Families & (family.Bit)) == 0)
            {
                continue;
            }

            Extension extension = entry.Build(family);
            if ((extension.Usage.Tables is null || Array.IndexOf(extension.Usage.Tables, _line.Table) >= 0)
                && (_line.Hooks == Hooks.None || (extension.Usage.Hooks & _line.Hooks) != 0))
            {
                foreach (string name in (IEnumerable<string>)[entry.Name, .. entry.Aliases])
                {
                    yield return new Candidate(name, SummaryText.Plain(extension.Summary));
                }
            }
        }
    }

    private IEnumerable<Candidate> Operands(string word)
    {
        if (_line.Operands == 0)
        {
            foreach (ProgramDescription command in _line.Program.Commands)
            {
                yield return new Candidate(command.Name[(_line.Program.Name.Length + 1)..], command.Summary);
            }
        }

        if (_line.Program.Operands is [.., var last] && (_line.Operands < _line.Program.Operands.Length || last.EndsWith("...", StringComparison.Ordinal)))
        {
            string placeholder = _line.Program.Operands[Math.Min(_line.Operands, _line.Program.Operands.Length - 1)];
            foreach (Candidate value in Values(CompletionSlot.Of(placeholder, [], isOptional: true, isOwn: true), word))
            {
                yield return value;
            }
        }

        if (word.Length == 0)
        {
            foreach (Candidate option in Options(word))
            {
                yield return option;
            }
        }
    }

    /// <summary>The options that may come next; letters only after a single dash, or for options without a name.</summary>
    private IEnumerable<Candidate> Options(string word)
    {
        for (int i = _line.Extensions.Count - 1; i >= 0; i--)
        {
            (Extension extension, HashSet<Option> given) = _line.Extensions[i];
            foreach (Option option in extension.Options)
            {
                if (MayFollow(option, given))
                {
                    yield return new Candidate($"--{option.Name}", SummaryText.Plain(option.Summary));
                }
            }
        }

        foreach (CommandOption option in _line.Program.Options)
        {
            if (!MayFollow(option))
            {
                continue;
            }

            if (option.HasLetter && (word == "-" || word == $"-{option.Letter}" || option.Name.Length == 0))
            {
                yield return new Candidate($"-{option.Letter}", option.Summary);
            }

            if (option.Name.Length > 0)
            {
                yield return new Candidate($"--{option.Name}", option.Summary);
            }
        }
    }

    private bool MayFollow(Option option, HashSet<Option> given)
    {
        if ((_line.IsInverted && !option.CanInvert) || (given.Contains(option) && !option.MayRepeat))
        {
            return false;
        }

        foreach (Option other in given)
        {
            if (option.IsRivalOf(other))
            {
                return false;
            }
        }

        return true;
    }

    private bool MayFollow(CommandOption option) =>
        option.Summary.Length > 0
        && (!_line.IsInverted || option.CanInvert)
        && !(_line.HasCommand && option.Group == OptionGroup.Command)
        && (option.Words == 0 || option.MayLackWord || option.Placeholder == "match" || !_line.Given.Contains(option));
}
