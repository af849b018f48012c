using Sharptables.Formats.Iptables;
namespace Sharptables.Manual;

/// <summary>
/// An option of a program other than the one that edits, as data: what reads it, its manual page and its completion are loops over
/// these.
/// </summary>
/// <param name="Letter">Its letter; <c>'\x1'</c> and on for those that have only a long name.</param>
/// <param name="Name">Its long name, or empty.</param>
/// <param name="Value">What follows it.</param>
/// <param name="Placeholder">
/// What stands for its value in the manual page, such as <c>seconds</c>; completion knows <c>table</c>, <c>chain</c>, <c>user-chain</c>,
/// <c>interface</c>, <c>protocol</c>, <c>command</c>, and what ends in <c>file</c>. Words to choose from stand as <c>one|other</c>.
/// </param>
/// <param name="Summary">What it does, in one sentence; empty for one that is only taken so that old scripts run.</param>
internal readonly record struct ProgramOption(
    char Letter, string Name, ProgramOptionValue Value = ProgramOptionValue.None, string Placeholder = "", string Summary = "")
{
    /// <summary>Under which heading it stands.</summary>
    public OptionGroup Group { get; init; } = OptionGroup.Other;

    /// <summary>Another long name, or empty.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Whether <c>!</c> may stand before it.</summary>
    public bool CanInvert { get; init; }

    /// <summary>Whether it has a letter that can be typed.</summary>
    public bool HasLetter => Letter >= ' ';
}
