using Sharptables.Formats.Iptables;
namespace Sharptables.Manual;

/// <summary>
/// An option of a program other than iptables and ip6tables, as data: its parser, manual page and completion are loops over these.
/// </summary>
/// <param name="Letter">Its letter; <c>'\x1'</c> and on for those with only a long name.</param>
/// <param name="Name">Its long name, or empty.</param>
/// <param name="Value">Whether it takes a value.</param>
/// <param name="Placeholder">
/// What stands for its value in the manual page, such as <c>seconds</c>; completion knows <c>table</c>, <c>chain</c>, <c>user-chain</c>,
/// <c>interface</c>, <c>protocol</c>, <c>command</c>, and whatever ends in <c>file</c>. Choices are written <c>one|other</c>.
/// </param>
/// <param name="Summary">What it does, in one sentence; empty for what is only accepted for old scripts.</param>
internal readonly record struct ProgramOption(
    char Letter, string Name, ProgramOptionValue Value = ProgramOptionValue.None, string Placeholder = "", string Summary = "")
{
    /// <summary>The heading that it is listed under.</summary>
    public OptionGroup Group { get; init; } = OptionGroup.Other;

    /// <summary>Another long name, or empty.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Whether <c>!</c> may precede it.</summary>
    public bool CanInvert { get; init; }

    public bool HasLetter => Letter >= ' ';
}
