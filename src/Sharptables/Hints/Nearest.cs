using System;
using System.Collections.Generic;

namespace Sharptables.Hints;

/// <summary>Finds the word that was meant by another one. Nothing here is fast.</summary>
internal static class Nearest
{
    private const int LongestTyped = 64;

    /// <summary>
    /// The known word at the smallest distance, ignoring case and dashes; null when more than a third of the word differs. Never the typed
    /// word itself.
    /// </summary>
    public static string? To(string typed, IEnumerable<string> known)
    {
        if (typed.Length > LongestTyped)
        {
            return null; // far from everything known, and the comparison takes quadratic time
        }

        string? nearest = null;
        string plain = Plain(typed);
        int least = Math.Min(2, plain.Length / 3) + 1;
        foreach (string word in known)
        {
            int distance = Distance(plain, Plain(word));
            if (distance < least && word != typed)
            {
                (least, nearest) = (distance, word);
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
