using System.Collections.Generic;

namespace Sharptables.Manual;

/// <summary>
/// The scripts that make shells complete command lines. Each passes the words so far to <c>sharptables completion --words</c> and shows
/// the result: one candidate per line, with a tab before its summary.
/// </summary>
internal static class CompletionScript
{
    /// <summary>The supported shells.</summary>
    public static string[] Shells { get; } = ["bash", "zsh", "fish"];

    /// <summary>The script for a shell; null if there is none.</summary>
    /// <param name="shell">The name of the shell.</param>
    /// <param name="programs">The programs whose command lines it completes.</param>
    public static string? Find(string shell, IReadOnlyList<string> programs) => shell switch
    {
        "bash" => CompletionBash.Script(programs),
        "zsh" => CompletionZsh.Script(programs),
        "fish" => CompletionFish.Script(programs),
        _ => null,
    };
}
