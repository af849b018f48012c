namespace Sharptables.Manual;

/// <summary>A word that may complete the one being typed.</summary>
/// <param name="Text">The word; one that begins with a colon stands for what the shell itself knows (<see cref="Files"/>).</param>
/// <param name="Summary">What it is, in one sentence, or empty.</param>
internal readonly record struct Candidate(string Text, string Summary = "")
{
    /// <summary>Names of files.</summary>
    public static Candidate Files { get; } = new(":files");

    /// <summary>Names of commands.</summary>
    public static Candidate Commands { get; } = new(":commands");

    /// <summary>Whether it stands for what the shell knows.</summary>
    public bool IsOfShell => Text is [':', ..];
}
