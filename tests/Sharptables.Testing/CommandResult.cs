namespace Sharptables.Testing;

/// <summary>What one command did: its exit status (128 + n for signal n) and what it wrote. One char a byte, as in Latin-1.</summary>
public sealed record CommandResult(int ExitStatus, string Stdout, string Stderr, bool TimedOut)
{
    /// <summary>The CPU time, with that of children that it has waited for.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>The first line of stderr, empty when there is none.</summary>
    public string FirstError => Stderr.Split('\n', 2)[0];

    /// <summary>All that its caller sees of it.</summary>
    public (int Status, string Output, string Errors) Said => (ExitStatus, Stdout, Stderr);
}
