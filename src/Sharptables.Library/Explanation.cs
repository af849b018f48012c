using System.Collections.Generic;
using System.Linq;

namespace Sharptables;

/// <summary>What becomes of a packet: one case, or several where that depends on what is not known.</summary>
public sealed class Explanation
{
    internal Explanation(Explain.Explanation explanation)
    {
        (Passes, IsComplete) = (explanation.Passes, explanation.IsWhole);
        Cases = [.. explanation.Endings.Select(static ending => new ExplanationCase(ending))];
    }

    /// <summary>Whether it passes in every case, or in none; null if that is not known, or depends on the case.</summary>
    public bool? Passes { get; }

    /// <summary>Whether the cases are all; there may be so many that not all were followed.</summary>
    public bool IsComplete { get; }

    /// <summary>The cases; those in which the same happens are one.</summary>
    public IReadOnlyList<ExplanationCase> Cases { get; }

    /// <summary>The cases, a line each.</summary>
    public override string ToString() => string.Join('\n', Cases);
}
