using System;
using System.Text;
using Sharptables.Extensions;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// An option of the command line itself, not of an extension, as data: the parser, help, the manual page and completion are loops
/// over these.
/// </summary>
/// <param name="name">Its long name.</param>
/// <param name="letter">Its letter, or <c>'\0'</c>.</param>
/// <param name="placeholder">
/// What stands for the words behind it: <c>chain number</c> for two, square brackets round what may be left out, or nothing.
/// </param>
/// <param name="group">What kind of option it is.</param>
/// <param name="summary">What it does, in one sentence; empty for what is only taken so that old scripts run.</param>
internal sealed class BaseOption(string name, char letter, string placeholder, OptionGroup group, string summary)
{
    /// <summary>What an option does to the command that is being put together.</summary>
    public delegate void Meaning(CommandBuilder builder, in OptionUse use);

    /// <summary>Its long name.</summary>
    public string Name => name;

    /// <summary>Its letter, or <c>'\0'</c>.</summary>
    public char Letter => letter;

    /// <summary>The letter that messages have for it.</summary>
    public char LetterInMessages { get => field == '\0' ? letter : field; init; }

    /// <summary>What stands for the words behind it.</summary>
    public string Placeholder => placeholder;

    /// <summary>How many words follow it at most: 0, 1, or 2.</summary>
    public int Words => placeholder.Length == 0 ? 0 : placeholder.Contains(' ', StringComparison.Ordinal) ? 2 : 1;

    /// <summary>Whether the words may be left out.</summary>
    public bool MayLackWord => placeholder is ['[', ..];

    /// <summary>Whether it hangs on its word which options are known from there on.</summary>
    public bool DecidesOptions { get; init; }

    /// <summary>What may stand between its two words when they are written as one, or <c>'\0'</c>.</summary>
    public char Joint { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public string Summary => summary;

    /// <summary>What kind of option it is.</summary>
    public OptionGroup Group => group;

    /// <summary>Which command it is; none for what is no command.</summary>
    public CommandKind Command { get; init; }

    /// <summary>Whether it is a command, of which a line has one.</summary>
    public bool IsCommand => group == OptionGroup.Command;

    /// <summary>What it does.</summary>
    public required Meaning Apply { get; init; }

    /// <summary>The message for a <c>!</c> that may not stand before it; null when it means nothing there.</summary>
    public string? InversionComplaint { get; init; }

    /// <summary>Whether it may be given more than once.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether nothing behind it is read any more.</summary>
    public bool IsLast { get; init; }

    /// <summary>The commands that it may stand beside; null for all.</summary>
    public CommandKind[]? Commands { get; init; }

    /// <summary>Of several options that stand beside a command where they may not, the one of the lowest rank is spoken of.</summary>
    public int Rank { get; init; }

    /// <summary>Whether a word names this option.</summary>
    public bool IsNamed(ReadOnlySpan<byte> word) => Ascii.Equals(word, name);

    /// <summary>Whether a word is the beginning of its name.</summary>
    public bool IsAbbreviated(ReadOnlySpan<byte> word) => Option.BeginsWith(name, word);
}
