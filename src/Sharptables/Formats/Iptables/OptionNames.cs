using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Finds options by name: those of the parts of a rule, and the command line's own.</summary>
internal static class OptionNames
{
    /// <summary>Finds an option by its long name: the newest extension first, the head last; exact names before abbreviations.</summary>
    /// <param name="rule">The rule whose parts have the options.</param>
    /// <param name="dialect">What the command line has of its own.</param>
    /// <param name="name">The name, or its beginning.</param>
    /// <param name="extension">The part of the rule that has it, unless it is the command line's own.</param>
    /// <param name="place">Its index among the options of that part.</param>
    /// <param name="own">The option, if it is the command line's own.</param>
    public static bool TryFind(RuleBuilder rule, Dialect dialect, ReadOnlySpan<byte> name, out int extension, out int place, out BaseOption? own)
    {
        own = null;
        place = 0;
        for (extension = rule.Count - 1; extension >= 0; extension--)
        {
            Option[] options = rule[extension].Extension.Options;
            for (place = 0; place < options.Length; place++)
            {
                if (options[place].IsNamed(name))
                {
                    return true;
                }
            }
        }

        foreach (BaseOption candidate in dialect.Options)
        {
            if (candidate.IsNamed(name))
            {
                own = candidate;
                return true;
            }
        }

        return !name.IsEmpty && FindAbbreviated(rule, dialect, name, ref extension, ref place, ref own);
    }

    /// <summary>The index of the head's option of that letter; below zero if there is none.</summary>
    public static int FindInHead(RuleBuilder rule, char letter)
    {
        Option[] options = rule[0].Extension.Options;
        int place = options.Length - 1;
        while (place >= 0 && options[place].Letter != letter)
        {
            place--;
        }

        return place;
    }

    /// <summary>The extension that the word after an option names, if it names one.</summary>
    /// <exception cref="UsageException">There is no such match.</exception>
    public static Extension? FindNamed(BaseOption option, ReadOnlySpan<byte> word, ExtensionSet extensions)
    {
        if (option == BaseOptions.Jump)
        {
            return StandardVerdict.TryParse(word, out _) ? null : extensions.Find(word, isTarget: true);
        }

        if (option != BaseOptions.Match)
        {
            return null;
        }

        if (word.Length > ExtensionRecord.MaxName)
        {
            throw new UsageException($"Invalid match name \"{MessageText.Of(word)}\" ({ExtensionRecord.MaxName} chars max)");
        }

        return extensions.Find(word, isTarget: false) ?? throw new UsageException($"Couldn't load match `{MessageText.Of(word)}':No such file or directory\n")
        {
            Hint = extensions.Plugins?.Lacking,
        };
    }

    private static bool FindAbbreviated(RuleBuilder rule, Dialect dialect, ReadOnlySpan<byte> name, ref int extension, ref int place, ref BaseOption? own)
    {
        int found = 0;
        Option? last = null;
        for (int e = rule.Count - 1; e >= 0; e--)
        {
            Option[] options = rule[e].Extension.Options;
            for (int o = 0; o < options.Length; o++)
            {
                if (options[o].IsAbbreviated(name) && !ReferenceEquals(options[o], last))
                {
                    last = options[o];
                    (extension, place) = (e, o);
                    found++;
                }
            }
        }

        foreach (BaseOption candidate in dialect.Options)
        {
            if (candidate.IsAbbreviated(name))
            {
                own = candidate;
                found++;
            }
        }

        return found == 1;
    }
}
