using System;
using System.Text;

namespace Sharptables.Text;

/// <summary>
/// An option of a command line, as data: what reads words, help, manual pages and completion are loops over these. It is one of a program,
/// or of a match or target.
/// </summary>
/// <param name="name">The long name, without dashes; empty for none.</param>
/// <param name="summary">What it does, in one sentence; empty for what is only accepted for old scripts.</param>
internal abstract class CommandOption(string name, string summary)
{
    private readonly string[]? _aliases;

    /// <summary>The long name, without dashes.</summary>
    public string Name => name;

    /// <summary>Other long names for it.</summary>
    public string[] Aliases { get => _aliases ?? []; init => _aliases = value; }

    /// <summary>Its letter; below a blank for none.</summary>
    public char Letter { get; init; }

    public bool HasLetter => Letter >= ' ';

    public string Summary => summary;

    /// <summary>The heading that it is listed under.</summary>
    public abstract OptionGroup Group { get; }

    /// <summary>What stands for the words after it, such as <c>port[:port]</c>; empty if it takes none.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The most words that follow it: 0, 1 or 2.</summary>
    public abstract int Words { get; }

    /// <summary>Whether its words may be omitted.</summary>
    public abstract bool MayLackWord { get; }

    /// <summary>Whether <c>!</c> may precede it.</summary>
    public bool CanInvert { get; protected init; }

    /// <summary>Whether a word is its name or an alias.</summary>
    public bool IsNamed(ReadOnlySpan<byte> word)
    {
        bool isNamed = word.Length == name.Length && Ascii.Equals(word, name);
        for (int i = 0; _aliases is { } aliases && i < aliases.Length && !isNamed; i++)
        {
            isNamed = Ascii.Equals(word, aliases[i]);
        }

        return isNamed;
    }

    /// <summary>Whether its name or an alias begins with a word.</summary>
    public bool IsAbbreviated(ReadOnlySpan<byte> word)
    {
        bool isAbbreviated = BeginsWith(name, word);
        for (int i = 0; _aliases is { } aliases && i < aliases.Length && !isAbbreviated; i++)
        {
            isAbbreviated = BeginsWith(aliases[i], word);
        }

        return isAbbreviated;
    }

    private static bool BeginsWith(string name, ReadOnlySpan<byte> word) =>
        word.Length <= name.Length && (word.IsEmpty || word[0] == name[0]) && Ascii.Equals(word, name.AsSpan(0, word.Length));
}
