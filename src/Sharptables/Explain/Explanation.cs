using System.Collections.Generic;

namespace Sharptables.Explain;

/// <summary>What becomes of a packet: one ending, or one for each case where that depends on something that is not known.</summary>
/// <param name="Endings">The endings, those that differ in what happens; the one with the fewest premises of each.</param>
/// <param name="IsWhole">Whether these are all; there may be so many cases that not all were followed.</param>
internal sealed record Explanation(IReadOnlyList<Ending> Endings, bool IsWhole)
{
    /// <summary>Whether it passes in every case, or in none; null if that is not known, or depends on the case.</summary>
    public bool? Passes
    {
        get
        {
            bool? passes = Endings[0].Passes;
            foreach (Ending ending in Endings)
            {
                if (!IsWhole || ending.Passes != passes)
                {
                    return null;
                }
            }

            return passes;
        }
    }
}
