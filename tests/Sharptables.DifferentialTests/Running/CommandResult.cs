using System.Text;

namespace Sharptables.DifferentialTests.Running;

/// <summary>What one command did: its exit status (128 + n for signal n) and what it wrote. One char a byte, as in Latin-1.</summary>
public sealed record CommandResult(int ExitStatus, string Stdout, string Stderr, bool TimedOut)
{
    /// <summary>What it took, with the children that it has waited for.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>The first line of stderr, empty when there is none.</summary>
    public string FirstError => Stderr.Split('\n', 2)[0];

    internal static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
