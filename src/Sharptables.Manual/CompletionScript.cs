using System.Collections.Generic;

namespace Sharptables.Manual;

/// <summary>
/// The scripts that make shells complete command lines. Each hands the words so far to <c>sharptables completion --words</c>, which
/// knows what may follow, and shows what comes back: a line for each candidate, with a tab before what it is.
/// </summary>
internal static class CompletionScript
{
    /// <summary>The shells there is a script for.</summary>
    public static string[] Shells { get; } = ["bash", "zsh", "fish"];

    /// <summary>Finds a shell's script; null when there is none.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="programs">The programs whose command lines it completes.</param>
    public static string? Find(string shell, IReadOnlyList<string> programs) => shell switch
    {
        "bash" => CompletionBash.Script(programs),
        "zsh" => CompletionZsh.Script(programs),
        "fish" => CompletionFish.Script(programs),
        _ => null,
    };
}
