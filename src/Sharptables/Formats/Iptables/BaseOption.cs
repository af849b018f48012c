using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// An option of the command line itself, not of an extension: the parser, help, the manual page and completion are loops over these.
/// </summary>
/// <param name="name">Its long name.</param>
/// <param name="letter">Its letter; <c>'0'</c> stands for one that has none.</param>
/// <param name="words">What follows it.</param>
/// <param name="placeholder">What stands for that, such as <c>chain</c>; square brackets round what may be left out.</param>
/// <param name="summary">
/// What it does, in one sentence; empty for another name of an option, and for one that is only taken so that old scripts run.
/// </param>
/// <param name="group">What kind of option it is.</param>
internal sealed class BaseOption(string name, char letter, BaseOptionWords words, string placeholder, string summary, OptionGroup group)
{
    /// <summary>Its long name.</summary>
    public string Name => name;

    /// <summary>Its letter.</summary>
    public char Letter => letter;

    /// <summary>What follows it.</summary>
    public BaseOptionWords Words => words;

    /// <summary>What stands for that.</summary>
    public string Placeholder => placeholder;

    /// <summary>What it does, in one sentence.</summary>
    public string Summary => summary;

    /// <summary>What kind of option it is.</summary>
    public OptionGroup Group => group;

    /// <summary>Whether it is a command, of which a line has one.</summary>
    public bool IsCommand => group == OptionGroup.Command;

    /// <summary>Whether <c>!</c> may stand before it.</summary>
    public bool CanInvert { get; init; }

    /// <summary>The families it is for.</summary>
    public Families Families { get; init; } = Families.Both;

    /// <summary>Whether it has a letter that can be typed.</summary>
    public bool HasLetter => letter != '0';
}
