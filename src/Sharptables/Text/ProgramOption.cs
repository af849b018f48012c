using System;

namespace Sharptables.Text;

/// <summary>An option of a program, not of a match or target.</summary>
internal class ProgramOption : CommandOption
{
    /// <param name="letter">Its letter; <c>'\x1'</c> and on for those with only a long name.</param>
    /// <param name="name">Its long name, or empty.</param>
    /// <param name="placeholder">
    /// What stands for the words after it: <c>chain number</c> for two, square brackets around what may be omitted, or nothing. Completion
    /// knows <c>table</c>, <c>chain</c>, <c>user-chain</c>, <c>interface</c>, <c>protocol</c>, <c>command</c>, and whatever ends in
    /// <c>file</c>. Choices are written <c>one|other</c>.
    /// </param>
    /// <param name="summary">What it does, in one sentence; empty for what is only accepted for old scripts.</param>
    /// <param name="group">The heading that it is listed under.</param>
    public ProgramOption(char letter, string name, string placeholder = "", string summary = "", OptionGroup group = OptionGroup.Other)
        : base(name, summary) => (Letter, Placeholder, Group) = (letter, placeholder, group);

    public override OptionGroup Group { get; }

    public override string Placeholder { get; }

    /// <inheritdoc/>
    public override int Words => Placeholder.Length == 0 ? 0 : Placeholder.Contains(' ', StringComparison.Ordinal) ? 2 : 1;

    /// <inheritdoc/>
    public override bool MayLackWord => Placeholder is ['[', ..];
}
