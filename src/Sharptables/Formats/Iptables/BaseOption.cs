using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>An option of iptables' command line itself, not of an extension.</summary>
/// <param name="name">The long name.</param>
/// <param name="letter">The letter, or <c>'\0'</c>.</param>
/// <param name="placeholder">What stands for the words after it.</param>
/// <param name="group">The heading that it is listed under.</param>
/// <param name="summary">What it does.</param>
internal sealed class BaseOption(string name, char letter, string placeholder, OptionGroup group, string summary) :
    ProgramOption(letter, name, placeholder, summary, group)
{
    /// <summary>Applies an option to the command that is being built.</summary>
    public delegate void Meaning(CommandBuilder builder, in OptionUse use);

    /// <summary>The letter for it in messages.</summary>
    public char LetterInMessages { get => field == '\0' ? Letter : field; init; }

    /// <summary>Whether its word decides which options are known from then on.</summary>
    public bool DecidesOptions { get; init; }

    /// <summary>What may separate its two words when they are written as one, or <c>'\0'</c>.</summary>
    public char Joint { get; init; }

    /// <summary>The command that it is, if any.</summary>
    public CommandKind Command { get; init; }

    /// <summary>Whether it is a command; a line has exactly one.</summary>
    public bool IsCommand => Group == OptionGroup.Command;

    public required Meaning Apply { get; init; }

    /// <summary>The message for a <c>!</c> in front of it; null: the <c>!</c> is ignored.</summary>
    public string? InversionComplaint { get; init; }

    /// <summary>Whether it may be given more than once.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether nothing after it is read.</summary>
    public bool IsLast { get; init; }

    /// <summary>The letters of the head's options that help shows behind it.</summary>
    public string HeadFollows { get; init; } = "";

    /// <summary>The commands that take it; null for all.</summary>
    public CommandKind[]? Commands { get; init; }

    /// <summary>The message for a command that does not take it; null for the usual one.</summary>
    public string? MisplacedComplaint { get; init; }

    /// <summary>Of several options that a command does not take, the one of the lowest rank is reported.</summary>
    public int Rank { get; init; }
}
