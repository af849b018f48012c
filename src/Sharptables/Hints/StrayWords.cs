using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;

namespace Sharptables.Hints;

/// <summary>Words that no option takes.</summary>
internal static class StrayWords
{
    public static Hint? See(Sight sight) => sight.Shape != ErrorShape.StrayWord || !sight.IsUnread || sight.At < 0 ? null
        : sight.Word.Length == 0 ? new Hint("An empty word stands there. Was a variable of a script empty?")
        : LoneDash(sight) ?? OneDash(sight) ?? Taken(sight) ?? NoCommand(sight) ?? NoDashes(sight) ?? TwoTargets(sight) ?? Comment(sight) ?? Quoted(sight)
            ?? LineEnd(sight) ?? Parted(sight) ?? Nameless(sight) ?? Stray(sight);

    /// <summary><c>- -dport</c></summary>
    private static Hint? LoneDash(Sight sight) => sight.Word is not ("-" or "--") || !sight.Has(sight.At + 1) ? null
        : new Hint("A blank stands behind the dash of an option.", sight.With(sight.At, 2, sight.Word + sight.Words[sight.At + 1]));

    /// <summary><c>-dport 22</c>, which is <c>-d port</c></summary>
    private static Hint? OneDash(Sight sight) => UnknownOptions.OneDash(sight, sight.At - 1);

    /// <summary><c>-s -j DROP</c>, where a variable of a script was empty</summary>
    private static Hint? Taken(Sight sight)
    {
        foreach (ref readonly OptionUse use in sight.Uses)
        {
            if (use.Value is { Offset: 0, IsNone: false } value && value.Index == sight.At - 1 && sight.Words[value.Index].Length > 1 && sight.Words[value.Index][0] == '-'
                && sight.Has(value.Index - 1))
            {
                return WrongValues.TakenBy(sight.Words[value.Index - 1], sight.Words[value.Index]);
            }
        }

        return null;
    }

    /// <summary><c>iptables INPUT -j DROP</c>, <c>iptables A INPUT</c></summary>
    private static Hint? NoCommand(Sight sight)
    {
        string word = sight.Word;
        if (sight.At != 0)
        {
            return null;
        }

        if (word is [var letter] && char.IsAsciiLetterUpper(letter) && Known.HasLetter(sight.Family, letter))
        {
            return new Hint($"The command has no dash: -{letter}.", sight.With(0, 1, $"-{letter}"));
        }

        return Array.IndexOf(sight.Family.HookNames, word) >= 0 ? new Hint("A command is missing in front of the chain: -A appends a rule to it, -I inserts one before all others.", sight.With(0, 0, "-A"))
            : word.Contains("tables", StringComparison.Ordinal) ? new Hint("The name of the program stands there twice, or in a line of a file: a line begins with -A or another command.", sight.With(0, 1))
            : Model.BuiltInTable.Named(word, sight.Family) is not null && sight.CanRead(sight.With(0, 0, "-t")) ? new Hint($"A table is named by -t: -t {word}.", sight.With(0, 0, "-t"))
            : null;
    }

    /// <summary><c>dport 22</c>, <c>j ACCEPT</c></summary>
    private static Hint? NoDashes(Sight sight)
    {
        string word = sight.Word;
        string typed = word.Length == 1 ? "-" + word : "--" + word;
        bool isOption = word.Length == 1 ? Known.HasLetter(sight.Family, word[0]) : Known.IsOption(sight.Family, word);
        return isOption && sight.Has(sight.At + 1) ? new Hint($"The option has no dashes: {typed}.", sight.With(sight.At, 1, typed)) : null;
    }

    /// <summary><c>-j LOG DROP</c></summary>
    private static Hint? TwoTargets(Sight sight)
    {
        int jump = sight.At - 2;
        return !sight.Has(jump) || sight.Words[jump] is not ("-j" or "--jump") || !Known.IsTarget(sight.Family, sight.Word) || !Known.IsTarget(sight.Family, sight.Before) ? null
            : UnknownExtensions.EachTarget(sight, [sight.Before, sight.Word], sight.Words[..jump], sight.Words[(sight.At + 1)..]);
    }

    /// <summary><c>-A INPUT -j DROP # all the rest</c>, in a file; <c>-j DROP // all the rest</c></summary>
    private static Hint? Comment(Sight sight) =>
        sight.Word.StartsWith('#') && sight.IsLine
        ? new Hint("Only a whole line can be a comment, with # as its first character; with a rule there is -m comment --comment \"...\".", sight.Words[..sight.At])
        : sight.Word.StartsWith("//", StringComparison.Ordinal) || sight.Word.StartsWith("/*", StringComparison.Ordinal)
        ? new Hint($"\"{sight.Word[..2]}\" begins no comment; with a rule there is -m comment --comment \"...\".", sight.Words[..sight.At]) : null;

    /// <summary><c>--comment 'two words'</c> in a file; <c>--comment two words</c></summary>
    private static Hint? Quoted(Sight sight)
    {
        int at = sight.At;
        if (LastOption(sight)?.Placeholder.ToUpperInvariant() is not ("TEXT" or "COMMENT" or "PREFIX" or "STRING"))
        {
            return null;
        }

        int end = at + 1;
        while (sight.Has(end) && !sight.Words[end].StartsWith('-') && sight.Words[end] != "!")
        {
            end++;
        }

        bool isSingle = sight.Before.StartsWith('\'');
        string text = string.Join(' ', sight.Words[(at - 1)..end]).Trim(isSingle ? '\'' : ' ');
        return new Hint(isSingle ? "Only double quotes keep words together in a file." : "Text with blanks has to stand in quotes.", sight.With(at - 1, end - at + 1, text));
    }

    /// <summary><c>\</c> at the end of a line of a file; <c>;</c> behind a rule</summary>
    private static Hint? LineEnd(Sight sight) => sight.At != sight.Words.Length - 1 ? null : sight.Word switch
    {
        "\\" => new Hint("A line of a file cannot be continued on the next by a backslash: a rule is one line."),
        ";" or "&&" => new Hint("A file is no script: a line is one rule and nothing more.", sight.Words[..sight.At]),
        _ => null,
    };

    /// <summary><c>80, 443</c>, <c>NEW,ESTABLISHED ,RELATED</c>, <c>10.0.0.0 /8</c>, <c>3 /min</c>, <c>80 443</c></summary>
    private static Hint? Parted(Sight sight)
    {
        string before = sight.Before, word = sight.Word;
        if (LastOption(sight) is not { Words: 1 } option || before.Length == 0 || sight.Has(sight.At - 2) && sight.Words[sight.At - 2] is "-j" or "--jump" or "-g" or "--goto")
        {
            return null;
        }

        bool isOneValue = word[0] is '/' or '.' or ':' || before[^1] is '/' or '.' or ':';
        bool isList = option.Placeholder.Contains(",...", StringComparison.Ordinal) || option.Placeholder.Contains("[,", StringComparison.Ordinal);
        string joined = isOneValue ? before + word : $"{before.TrimEnd(',')},{word.TrimStart(',')}";
        string[] words = sight.With(sight.At - 1, 2, joined);
        return (isOneValue || isList) && sight.CanRead(words, sight.At - 1)
            ? new Hint(isOneValue ? "A blank stands within the value." : "The values of a list are separated by commas, without blanks.", words) : null;
    }

    /// <summary><c>-m state NEW</c>, <c>-j DNAT 192.0.2.1</c>: a value without its option</summary>
    private static Hint? Nameless(Sight sight)
    {
        if (Named(sight) is not { } extension)
        {
            return null;
        }

        List<string> able = [];
        string[]? meant = null;
        foreach (Option option in extension.Options)
        {
            string[] words = sight.With(sight.At, 0, "--" + option.Name);
            if (option.Words == 1 && !option.IsShorthand && sight.CanRead(words, sight.At))
            {
                able.Add("--" + option.Name);
                meant = words;
            }
        }

        return able.Count switch
        {
            0 => null,
            1 => new Hint($"The option in front of \"{sight.Word}\" is missing: {able[0]}.", meant),
            _ => new Hint($"The option in front of \"{sight.Word}\" is missing: {string.Join(" or ", able)}."),
        };
    }

    private static Hint? Stray(Sight sight)
    {
        string word = sight.Word;
        if (sight.At == 0)
        {
            return new Hint("A command such as -A or -L must come first.");
        }

        if (word.StartsWith('$'))
        {
            return new Hint("A file is no script: variables are not replaced in it.");
        }

        if (sight.Before == "!")
        {
            return new Hint("A target cannot be inverted: invert a condition, or use another target.");
        }

        if (word.Trim('.', ',', ';', ':', '/', '\\', '|', '&', '\'', '"', '`').Length == 0)
        {
            return new Hint("A sign stands there that belongs to nothing.", sight.With(sight.At, 1));
        }

        bool isPort = ushort.TryParse(word, out _) && sight.Before is "tcp" or "udp";
        return isPort ? new Hint("A port stands behind an option: --dport for the destination's, --sport for the source's.", sight.With(sight.At, 0, "--dport"))
            : char.IsAsciiDigit(word[0]) && word.Contains('.', StringComparison.Ordinal) && sight.Find('s') < 0 && sight.Find('d') < 0
            ? new Hint("An address stands behind an option: -s for the source's, -d for the destination's.")
            : new Hint($"It stands after \"{sight.Before}\", which takes no such word.");
    }

    /// <summary>The option whose value the word before is, or null.</summary>
    private static Text.CommandOption? LastOption(Sight sight)
    {
        foreach (ref readonly OptionUse use in sight.Uses)
        {
            if (!use.Value.IsNone && use.Value.Index == sight.At - 1)
            {
                return (Text.CommandOption?)use.Option ?? use.Own;
            }
        }

        return null;
    }

    /// <summary>The match or target that the word before names.</summary>
    private static Extension? Named(Sight sight)
    {
        foreach (ref readonly OptionUse use in sight.Uses)
        {
            if (use.Named is { } named && !use.Value.IsNone && use.Value.Index == sight.At - 1)
            {
                return named;
            }
        }

        return null;
    }
}
