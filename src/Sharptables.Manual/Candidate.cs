namespace Sharptables.Manual;

/// <summary>A word that may stand where somebody is typing.</summary>
/// <param name="Text">The word; one that begins with a colon stands for what the shell knows itself (<see cref="Files"/>).</param>
/// <param name="Summary">What it is, in one sentence, or empty.</param>
internal readonly record struct Candidate(string Text, string Summary = "")
{
    /// <summary>Names of files.</summary>
    public static Candidate Files { get; } = new(":files");

    /// <summary>Names of commands.</summary>
    public static Candidate Commands { get; } = new(":commands");

    /// <summary>Whether the shell knows it.</summary>
    public bool IsOfShell => Text is [':', ..];
}
