using System;
using Sharptables.Explain;
using Sharptables.Packets;

namespace Sharptables.Programs;

/// <summary>What somebody expects to become of a packet.</summary>
internal static class Expectation
{
    /// <summary>The words for it.</summary>
    public static string[] Words => ["ACCEPT", "DROP", "REJECT", "BLOCK", "UNKNOWN"];

    /// <summary>Whether it is a word for one, in any case.</summary>
    public static bool Is(string word) => Array.Exists(Words, each => each.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether what is expected is what becomes of it; null if that is not known. <c>BLOCK</c> is either to be dropped or rejected.</summary>
    public static bool? IsMet(string word, Explanation explanation)
    {
        bool? all = null;
        foreach (Ending ending in explanation.Endings)
        {
            bool? its = word.ToUpperInvariant() switch
            {
                "UNKNOWN" => explanation.Passes is null,
                "BLOCK" => ending.Passes is { } passes ? !passes : null,
                "DROP" => ending.Fate is null or Fate.Stolen or Fate.Queue ? null : ending.Fate is Fate.Drop,
                "REJECT" => ending.Fate is null or Fate.Stolen or Fate.Queue ? null : ending.Fate is Fate.Reject,
                _ => ending.Passes,
            };
            if (its is null || (all is not null && all != its))
            {
                return null;
            }

            all = its;
        }

        return explanation.IsWhole || word.Equals("UNKNOWN", StringComparison.OrdinalIgnoreCase) ? all : null;
    }
}
