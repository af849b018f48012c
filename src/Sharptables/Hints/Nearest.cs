using System;
using System.Collections.Generic;

namespace Sharptables.Hints;

/// <summary>Finds the word that was meant by another one. Nothing here is fast.</summary>
internal static class Nearest
{
    private const int LongestTyped = 64;

    /// <summary>
    /// The known word at the smallest distance, ignoring case and dashes; null when more than a third of the word differs. Never the typed
    /// word itself. Of those that are as near the one whose dashes are nearer, then one of the same length, then the first.
    /// </summary>
    /// <param name="typed">The word.</param>
    /// <param name="known">The words that it may be meant for.</param>
    /// <param name="most">The most slips.</param>
    public static string? To(string typed, IEnumerable<string> known, int most = 2)
    {
        if (typed.Length > LongestTyped)
        {
            return null; // far from everything known, and the comparison takes quadratic time
        }

        string? nearest = null;
        string plain = Plain(typed);
        (int, int, int) least = (Math.Min(most, plain.Length / 3) + 1, 0, 0);
        foreach (string word in known)
        {
            (int, int, int) distance = (Distance(plain, Plain(word)), 0, 0);
            if (distance.Item1 <= least.Item1 && word != typed)
            {
                distance = (distance.Item1, Distance(typed.ToLowerInvariant(), word.ToLowerInvariant()), Math.Abs(word.Length - typed.Length));
                (least, nearest) = distance.CompareTo(least) < 0 ? (distance, word) : (least, nearest);
            }
        }

        return nearest;
    }

    private static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>
    /// The number of insertions, deletions, changes and swaps of neighbours between two words (optimal string alignment).
    /// </summary>
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
