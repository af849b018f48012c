namespace Sharptables.Text;

/// <summary>An option of a program other than the one that edits, as data: what reads it, its manual page and its completion are loops over these.</summary>
/// <param name="Letter">Its letter; <c>'\x1'</c> and on for those that have only a long name.</param>
/// <param name="Name">Its long name, or empty.</param>
/// <param name="Value">What follows it.</param>
/// <param name="Placeholder">What stands for its value in the manual page, such as <c>seconds</c>.</param>
/// <param name="Summary">What it does, in one sentence; empty for one that is only taken so that old scripts run.</param>
public readonly record struct ProgramOption(
    char Letter, string Name, ProgramOptionValue Value = ProgramOptionValue.None, string Placeholder = "", string Summary = "");
