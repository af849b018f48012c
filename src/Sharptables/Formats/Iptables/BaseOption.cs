using System;
using System.Text;
using Sharptables.Extensions;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// An option of the command line itself, not of an extension, as data: the parser, help, the manual page and completion are loops
/// over these.
/// </summary>
/// <param name="name">The long name.</param>
/// <param name="letter">The letter, or <c>'\0'</c>.</param>
/// <param name="placeholder">
/// What stands for the words after it: <c>chain number</c> for two, square brackets around what may be omitted, or nothing.
/// </param>
/// <param name="group">The heading that it is listed under.</param>
/// <param name="summary">What it does, in one sentence; empty for what is only accepted for old scripts.</param>
internal sealed class BaseOption(string name, char letter, string placeholder, OptionGroup group, string summary)
{
    /// <summary>Applies an option to the command that is being built.</summary>
    public delegate void Meaning(CommandBuilder builder, in OptionUse use);

    public string Name => name;

    public char Letter => letter;

    /// <summary>The letter for it in messages.</summary>
    public char LetterInMessages { get => field == '\0' ? letter : field; init; }

    public string Placeholder => placeholder;

    /// <summary>The most words that follow it: 0, 1 or 2.</summary>
    public int Words => placeholder.Length == 0 ? 0 : placeholder.Contains(' ', StringComparison.Ordinal) ? 2 : 1;

    /// <summary>Whether the words may be omitted.</summary>
    public bool MayLackWord => placeholder is ['[', ..];

    /// <summary>Whether its word decides which options are known from then on.</summary>
    public bool DecidesOptions { get; init; }

    /// <summary>What may separate its two words when they are written as one, or <c>'\0'</c>.</summary>
    public char Joint { get; init; }

    public string Summary => summary;

    public OptionGroup Group => group;

    /// <summary>The command that it is, if any.</summary>
    public CommandKind Command { get; init; }

    /// <summary>Whether it is a command; a line has exactly one.</summary>
    public bool IsCommand => group == OptionGroup.Command;

    public required Meaning Apply { get; init; }

    /// <summary>The message for a <c>!</c> in front of it; null: the <c>!</c> is ignored.</summary>
    public string? InversionComplaint { get; init; }

    /// <summary>Whether it may be given more than once.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether nothing after it is read.</summary>
    public bool IsLast { get; init; }

    /// <summary>The commands that take it; null for all.</summary>
    public CommandKind[]? Commands { get; init; }

    /// <summary>Of several options that a command does not take, the one of the lowest rank is reported.</summary>
    public int Rank { get; init; }

    public bool IsNamed(ReadOnlySpan<byte> word) => Ascii.Equals(word, name);

    /// <summary>Whether its name begins with a word.</summary>
    public bool IsAbbreviated(ReadOnlySpan<byte> word) => Option.BeginsWith(name, word);
}
