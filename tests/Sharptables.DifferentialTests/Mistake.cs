namespace Sharptables.DifferentialTests;

/// <summary>Something that people type, or write into a file, and what is said of it.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="Group">The group that it belongs to.</param>
/// <param name="Command">A shell line; its last command makes the mistake.</param>
public sealed record Mistake(string File, string Group, string Command)
{
    /// <summary>The lines of standard input.</summary>
    public List<string> Input { get; } = [];

    /// <summary>Why the first line is not that of 1.8.9.</summary>
    public string? Differs { get; set; }

    /// <summary>The first line.</summary>
    public string First { get; set; } = "";

    /// <summary>What is ours after it, from the quoted line on.</summary>
    public List<string> Further { get; set; } = [];

    /// <summary>Whether the original has it over nf_tables alone.</summary>
    public bool IsOfFrames => Command.StartsWith("arp", StringComparison.Ordinal) || Command.StartsWith("eb", StringComparison.Ordinal);

    /// <summary>What it says to type in its place.</summary>
    public string? Typed => Further.Find(static line => line.StartsWith("Hint: type: ", StringComparison.Ordinal))?["Hint: type: ".Length..];

    /// <summary>What it says to write in the place of the line.</summary>
    public IEnumerable<string> Written => Further.Where(static line => line.StartsWith("Hint: write: ", StringComparison.Ordinal)).Select(static line => line["Hint: write: ".Length..]);

    /// <summary>The commands before the last.</summary>
    public string Preparation => Command.LastIndexOf("; ", StringComparison.Ordinal) is > 0 and int end ? Command[..(end + 2)] : "";

    public override string ToString() => string.Join('\n', [Command, .. Input]);
}
