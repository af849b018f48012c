using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Plugins;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// The first step of reading a command: determines which options its words are, as getopt_long would. An extension's options are known only once it is named, so each option must be applied to the rule before
/// the next is read. What depends on values is the second step: <see cref="CommandBuilder"/>.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
internal sealed class UseReader(ExtensionSet extensions)
{
    private readonly Dialect _dialect = Dialect.Of(extensions.Family);
    private readonly OptionWalk _walk = new();
    private Words _words = null!;
    private RuleBuilder _rule = null!;
    private List<Extension>? _matches;
    private bool _isInverted;

    public Uses Uses { get; } = new();

    /// <summary>The number of the word that was read last.</summary>
    public int Index => _walk.Index;

    /// <summary>Begins with new words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="rule">The rule that the options are applied to.</param>
    public void Begin(Words words, RuleBuilder rule)
    {
        _words = words;
        _rule = rule;
        _walk.Begin(words);
        _isInverted = false;
        Uses.Clear();
    }

    /// <summary>Reads the next option, and before it the protocol's match if the option needs that; false at the end.</summary>
    /// <exception cref="UsageException">A word is not allowed in its place.</exception>
    public bool Read()
    {
        Uses.HaveTakenFurther |= _rule.Context.FurtherWords > 0;
        _walk.Skip(_rule.Context.FurtherWords);
        _rule.Context.FurtherWords = 0;
        WordKind kind;
        while ((kind = _walk.Read()) == WordKind.Operand)
        {
            ReadOnlySpan<byte> word = _walk.Typed;
            if (word is not [(byte)'!'])
            {
                throw new UsageException($"Bad argument `{Text(word)}'", ErrorShape.StrayWord);
            }

            if (_isInverted)
            {
                throw new UsageException("multiple consecutive ! not allowed");
            }

            _isInverted = true;
        }

        if (kind is WordKind.End or WordKind.Separator)
        {
            Uses.HasSurplus = _walk.HasMore;
            Uses.EndsInverted = _isInverted;
            return false;
        }

        if (kind == WordKind.Letter)
        {
            ReadLetter();
        }
        else
        {
            ReadLong();
        }

        return true;
    }

    private void ReadLetter()
    {
        ReadOnlySpan<byte> word = _walk.Typed;
        byte letter = _walk.Letter;
        BaseOption? own = _dialect.Find(letter);
        int place = own is null ? OptionNames.FindInHead(_rule, (char)letter) : -1;
        if (own is null && place < 0)
        {
            throw new UsageException(extensions.Head.Refusal(letter)
                ?? $"unknown option \"{(word.Length == 2 ? Text(word) : $"-{Text([letter])}")}\"");
        }

        Word rest = (own?.Words ?? _rule[0].Extension.Options[place].Words) > 0 ? _walk.TakeRest() : Word.None;
        if (own is not null)
        {
            Add(own, rest, word);
        }
        else
        {
            Add(0, place, rest, word);
        }
    }

    private void ReadLong()
    {
        ReadOnlySpan<byte> word = _walk.Typed, name = _walk.Name;
        Word value = _walk.NameValue;
        if (!OptionNames.TryFind(_rule, _dialect, name, out int extension, out int place, out BaseOption? own))
        {
            if (!(_dialect.NamesMatches ? AddImpliedMatch() : AddMatchWith(name)))
            {
                throw new UsageException($"unknown option \"{Text(word)}\"");
            }

            _walk.StepBack(); // it is read again, now that the match is known
        }
        else if (own is null)
        {
            Add(extension, place, value, word);
        }
        else if (value.IsNone || own.Words > 0)
        {
            Add(own, value, word);
        }
        else
        {
            throw new UsageException($"unknown option \"{Text(word)}\"") { Hint = $"--{own.Name} takes no value." };
        }
    }

    /// <summary>Adds the match that has an option, where all are known without being named.</summary>
    private bool AddMatchWith(ReadOnlySpan<byte> name)
    {
        Extension? found = null;
        foreach (Extension extension in _matches ??= MatchesOf(extensions.Family))
        {
            foreach (Option option in extension.Options)
            {
                if (option.IsNamed(name))
                {
                    return Add(extension);
                }

                bool isIt = !name.IsEmpty && option.IsAbbreviated(name);
                if (isIt && found is not null && !ReferenceEquals(found, extension))
                {
                    return false;
                }

                found = isIt ? extension : found;
            }
        }

        return found is not null && Add(found);
    }

    private bool Add(Extension like)
    {
        Extension match = extensions.Find(like.NameBytes, isTarget: false)!;
        for (int i = 0; i < _rule.Count; i++)
        {
            if (ReferenceEquals(_rule[i].Extension, match))
            {
                return false;
            }
        }

        Uses.Add(new OptionUse { Own = BaseOptions.Match, Named = match, Value = Word.None, Second = Word.None });
        return true;
    }

    private static List<Extension> MatchesOf(Family family)
    {
        List<Extension> matches = [];
        foreach (ExtensionEntry entry in ExtensionList.Matches)
        {
            if ((entry.Families & family.Bit) != 0)
            {
                matches.Add(entry.Build(family));
            }
        }

        return matches;
    }

    /// <summary>Adds the protocol's match, at most once, when an option is unknown without it.</summary>
    private bool AddImpliedMatch()
    {
        string? name = _rule.Context.ImpliedMatch;
        _rule.Context.ImpliedMatch = null;
        Extension? match = name is null ? null : extensions.Find(Encoding.UTF8.GetBytes(name), isTarget: false);
        for (int i = 0; i < _rule.Count && match is not null; i++)
        {
            match = ReferenceEquals(_rule[i].Extension, match) ? null : match;
        }

        if (match is null)
        {
            return false;
        }

        Uses.Add(new OptionUse { Own = BaseOptions.Match, Named = match, Value = Word.None, Second = Word.None });
        return true;
    }

    private void Add(BaseOption option, Word value, ReadOnlySpan<byte> typed)
    {
        value = Behind(value, option, typed);
        if (_isInverted && option.InversionComplaint is { } complaint)
        {
            throw new UsageException(complaint);
        }

        if (!option.MayRepeat && Uses.Have(option.LetterInMessages))
        {
            throw new UsageException(_dialect.Complaints.Repeated(option.LetterInMessages));
        }

        if (option == BaseOptions.Help && IsProtocolNamed())
        {
            _ = AddImpliedMatch();
        }

        bool isWhole = option.Words < 2 || (option.Joint != '\0' && _words.Span(value).Contains((byte)option.Joint));
        Uses.Add(new OptionUse
        {
            Own = option,
            Named = value.IsNone ? null : OptionNames.FindNamed(option, _words.Span(value), extensions),
            Value = value,
            Second = isWhole ? Word.None : _dialect.TakesRanges && NextIsBelowZero ? _walk.TakeNext() : _walk.TakeOperand(),
            Next = _walk.Index + 1,
            IsInverted = _isInverted,
        });
        EndOption();
        if (option.IsLast)
        {
            _walk.Stop();
        }
    }

    /// <summary>Whether a number follows that counts from the end.</summary>
    private bool NextIsBelowZero => _walk.HasMore && _words.Span(_walk.Index + 1) is [(byte)'-', >= (byte)'0' and <= (byte)'9', ..];

    /// <summary>Whether a protocol was given by name.</summary>
    private bool IsProtocolNamed()
    {
        foreach (ref readonly OptionUse use in Uses.Options)
        {
            if (use.Option is { DecidesOptions: true })
            {
                return !Numerals.TryRead(_words.Span(use.Value), 0, 255, out _);
            }
        }

        return false;
    }

    private void Add(int index, int place, Word value, ReadOnlySpan<byte> typed)
    {
        ref ExtensionInUse owner = ref _rule[index];
        Extension extension = owner.Extension;
        Option option = extension.Options[place];
        if (!value.IsNone && (option.Words == 0 || option.MayLackWord))
        {
            throw new UsageException($"unknown option \"{Text(typed)}\"")
            {
                Hint = option.Words == 0 ? $"--{option.Name} takes no value." : $"The value of --{option.Name} must be a separate word.",
            };
        }

        value = Behind(value, option, typed);
        bool isNegatedBehind = MayBeNegatedBehind(index, option) && IsNegated(option, ref value);
        _isInverted |= isNegatedBehind;

        Given given = new(extension, owner.Given);
        if (given[place] && !option.MayRepeat && _dialect.Complaints.RepeatedInRule is { } complaint)
        {
            throw new UsageException(complaint);
        }

        extension.CheckUse(place, given, _isInverted);
        Word second = option.Words == 2 ? _walk.TakeOperand() : Word.None;
        if (option.Words == 2 && second.IsNone)
        {
            throw option.LacksSecond();
        }

        Uses.Add(new OptionUse
        {
            Option = option,
            Extension = index,
            Place = place,
            Value = value,
            Second = second,
            Next = _walk.Index + 1,
            IsInverted = _isInverted,
            IsNegatedBehind = isNegatedBehind,
            HasLineEnd = HasLineEnd(value) || HasLineEnd(second),
        });
        EndOption();
    }

    /// <summary>Whether a <c>!</c> behind an option would mean what it means in front of it.</summary>
    private bool MayBeNegatedBehind(int index, Option option) =>
        !_isInverted && option.Words > 0 && (index == 0 || extensions.Family.InvertsBehindOption || (option.CanInvert && option is not PluginOption));

    /// <summary>Leaves out a <c>!</c> in front of the value, as documents of iptables before 1.4.3 have it: <c>--dport ! 22</c>, <c>-s !10.0.0.0/8</c>.</summary>
    private bool IsNegated(Option option, ref Word value)
    {
        ReadOnlySpan<byte> typed = _words.Span(value);
        if (typed is [(byte)'!'] && _walk.NextIsOperand && (option.Words < 2 || _walk.NextButOneIsOperand))
        {
            value = _walk.TakeNext();
            return true;
        }

        if (option.MayHoldSign && typed is [(byte)'!', _, ..])
        {
            value = new Word(value.Index, value.Offset + 1);
            return true;
        }

        return false;
    }

    private bool HasLineEnd(Word word) => !word.IsNone && _words.Span(word).Contains((byte)'\n');

    private void EndOption() => _isInverted &= _walk.IsInCluster; // it applies to all letters of a cluster

    /// <summary>The word after an option, if it takes one: the rest of its own word, or the next.</summary>
    private Word Behind(Word rest, CommandOption option, ReadOnlySpan<byte> typed) => !rest.IsNone || option.Words == 0 ? rest
        : option.MayLackWord ? _walk.TakeOperand()
        : _walk.HasMore ? _walk.TakeNext()
        : throw new UsageException($"option \"{Text(typed)}\" requires an argument");

    private static string Text(ReadOnlySpan<byte> bytes) => MessageText.Of(bytes);
}
