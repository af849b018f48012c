using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Manual;

/// <summary>
/// Finds the words that may come next on a program's command line, from the declarations that the program parses its options by. It
/// reads the words before, and forgives mistakes: the line is not finished.
/// </summary>
internal sealed class Completion
{
    private readonly ICandidateSource _source;
    private readonly List<(Extension Extension, HashSet<Option> Given)> _extensions = [];
    private readonly HashSet<string> _given = [];
    private readonly Queue<CompletionSlot> _slots = new();
    private ProgramDescription _program;
    private string _table = "filter";
    private Hooks _hooks = Hooks.None;
    private int _operands;
    private bool _isInverted;
    private bool _hasCommand;

    private Completion(ProgramDescription program, ICandidateSource source) => (_program, _source) = (program, source);

    /// <summary>Finds the words that may complete the last one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="words">The words after its name; the last is being typed, and may be empty.</param>
    /// <param name="source">What exists on the machine.</param>
    public static List<Candidate> Find(ProgramDescription program, ReadOnlySpan<string> words, ICandidateSource source)
    {
        Completion completion = new(program, source);
        foreach (string word in words[..^1])
        {
            completion.Take(word);
        }

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

    private void Take(string word)
    {
        if (_slots.TryPeek(out CompletionSlot slot))
        {
            if (!(slot.IsOptional && word is ['-' or '!', ..]))
            {
                Learn(_slots.Dequeue(), word);
                return;
            }

            _slots.Clear();
        }

        if (word == "!")
        {
            _isInverted = true;
            return;
        }

        _isInverted = false;
        if (word is ['-', '-', _, ..])
        {
            TakeLong(word);
        }
        else if (word is ['-', _, ..])
        {
            TakeLetters(word);
        }
        else if (_operands == 0 && CommandNamed(word) is { } command)
        {
            _program = command;
        }
        else
        {
            _operands++;
        }
    }

    private ProgramDescription? CommandNamed(string word) =>
        Array.Find(_program.Commands, command => command.Name == $"{_program.Name}-{word}");

    private void TakeLong(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        Expect(SlotsOf(equals < 0 ? word[2..] : word[2..equals]));
        if (equals >= 0 && _slots.TryDequeue(out CompletionSlot slot))
        {
            Learn(slot, word[(equals + 1)..]);
        }
    }

    private void TakeLetters(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            ProgramOption option = Array.Find(_program.Options, option => option.Letter == word[i]);
            Expect(SlotsOf(option));
            if (_slots.Count > 0)
            {
                if (i + 1 < word.Length)
                {
                    Learn(_slots.Dequeue(), word[(i + 1)..]);
                }

                return;
            }
        }
    }

    private void Expect(CompletionSlot[] slots)
    {
        _slots.Clear();
        foreach (CompletionSlot slot in slots)
        {
            _slots.Enqueue(slot);
        }
    }

    /// <summary>The values of a long option, which counts as given from now on; those of the newest extension come first.</summary>
    private CompletionSlot[] SlotsOf(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        for (int i = _extensions.Count - 1; i >= 0; i--)
        {
            (Extension extension, HashSet<Option> given) = _extensions[i];
            Option? option = Array.Find(extension.Options, option => option.IsNamed(bytes))
                ?? Array.Find(extension.Options, option => option.IsAbbreviated(bytes));
            if (option is not null)
            {
                given.Add(option);
                return CompletionSlot.Of(option);
            }
        }

        ProgramOption own = Array.Find(_program.Options, option => option.Name == name || option.Alias == name);
        return own.Name is not null
            ? SlotsOf(own)
            : SlotsOf(Array.Find(_program.Options, option => option.Name.StartsWith(name, StringComparison.Ordinal)));
    }

    private CompletionSlot[] SlotsOf(ProgramOption option)
    {
        if (option.Name is null)
        {
            return [];
        }

        _given.Add(Spelled(option));
        _hasCommand |= option.Group == OptionGroup.Command;
        return CompletionSlot.Of(option);
    }

    /// <summary>Notes what a value tells about the words that may follow.</summary>
    private void Learn(CompletionSlot slot, string word)
    {
        if (!slot.IsOwn || _program.Extensions is not { } extensions)
        {
            return;
        }

        switch (slot.Kind)
        {
            case "table":
                _table = word;
                break;
            case "chain" when _hooks == Hooks.None:
                _hooks = extensions.Family.HookNamed(word) is not Hooks.None and var hook ? hook : Hooks.All; // a user's may be reached from all
                break;
            case "match" or "target":
                Name(extensions.Find(Encoding.UTF8.GetBytes(word), slot.Kind == "target"));
                break;
            case "protocol":
                NameMatchOf(word, extensions);
                break;
        }
    }

    /// <summary>Makes known the options of the protocol's match, which need no <c>-m</c>.</summary>
    private void NameMatchOf(string protocol, ExtensionSet extensions)
    {
        try
        {
            _ = ProtocolText.Read(Encoding.UTF8.GetBytes(protocol), SystemNames.Instance, out string? match);
            Name(match is null ? null : extensions.Find(Encoding.UTF8.GetBytes(match), isTarget: false));
        }
        catch (UsageException)
        {
            // No such protocol: running the command will report that.
        }
    }

    private void Name(Extension? extension)
    {
        if (extension is not null && !_extensions.Exists(known => known.Extension == extension))
        {
            _extensions.Add((extension, []));
        }
    }

    private IEnumerable<Candidate> At(string word)
    {
        if (_slots.TryPeek(out CompletionSlot slot) && !(slot.IsOptional && word is ['-' or '!', ..]))
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
        if (SlotsOf(option[2..^1]) is [var slot, ..])
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

        if (slot.IsOwn && _program.Extensions is { } extensions && slot.Kind is "match" or "target" or "policy")
        {
            foreach (Candidate named in slot.Kind == "match" ? Extensions(extensions.Family, ExtensionList.Matches.ToArray())
                : slot.Kind == "target" ? Targets(extensions.Family)
                : Verdicts(isPolicy: true))
            {
                yield return named;
            }

            yield break;
        }

        foreach (Candidate known in slot.Kind == "user-chain" ? UserChains() : _source.Find(slot.Kind, _table))
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
        HashSet<string> builtIn = [.. _program.Extensions is { Family: var family } ? BuiltInTable.Named(_table, family)?.Chains ?? [] : []];
        foreach (Candidate chain in _source.Find("chain", _table))
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
            if ((extension.Usage.Tables is null || Array.IndexOf(extension.Usage.Tables, _table) >= 0)
                && (_hooks == Hooks.None || (extension.Usage.Hooks & _hooks) != 0))
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
        if (_operands == 0)
        {
            foreach (ProgramDescription command in _program.Commands)
            {
                yield return new Candidate(command.Name[(_program.Name.Length + 1)..], command.Summary);
            }
        }

        if (_program.Operands is [.., var last] && (_operands < _program.Operands.Length || last.EndsWith("...", StringComparison.Ordinal)))
        {
            string placeholder = _program.Operands[Math.Min(_operands, _program.Operands.Length - 1)];
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
        for (int i = _extensions.Count - 1; i >= 0; i--)
        {
            (Extension extension, HashSet<Option> given) = _extensions[i];
            foreach (Option option in extension.Options)
            {
                if (MayFollow(option, given))
                {
                    yield return new Candidate($"--{option.Name}", SummaryText.Plain(option.Summary));
                }
            }
        }

        foreach (ProgramOption option in _program.Options)
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
        if ((_isInverted && !option.CanInvert) || (given.Contains(option) && !option.MayRepeat))
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

    private bool MayFollow(ProgramOption option) =>
        option.Summary.Length > 0
        && (!_isInverted || option.CanInvert)
        && !(_hasCommand && option.Group == OptionGroup.Command)
        && (option.Value != ProgramOptionValue.Required || option.Placeholder == "match" || !_given.Contains(Spelled(option)));

    private static string Spelled(ProgramOption option) => option.Name.Length > 0 ? option.Name : option.Letter.ToString();
}
