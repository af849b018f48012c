using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>Guesses what an unknown word was meant to be, for a hint. Nothing here is fast.</summary>
internal static class Spelling
{
    private const int LongestTyped = 64;

    /// <summary>What an unknown option may be: one of an extension that was not named, or a typing error.</summary>
    /// <param name="extensions">The extensions of the family.</param>
    /// <param name="typed">The option, without dashes.</param>
    public static string? OfOption(ExtensionSet extensions, ReadOnlySpan<byte> typed)
    {
        string name = Encoding.UTF8.GetString(typed);
        List<string> owners = [];
        List<string> known = [.. Array.ConvertAll(Dialect.Of(extensions.Family).Options, static option => option.Name)];
        foreach ((Extension extension, string say) in (IEnumerable<(Extension, string)>)[(extensions.Head.Match, ""), .. All(extensions.Family)])
        {
            foreach (Option option in extension.Options)
            {
                known.Add(option.Name);
                known.AddRange(option.Aliases);
                if (option.IsNamed(typed))
                {
                    owners.Add(say);
                }
            }
        }

        return owners.Count > 0
            ? $"--{name} is an option of {string.Join(", ", owners)}, which must come before it."
            : Nearest(name, known) is { } near ? $"Did you mean --{near}?" : null;
    }

    public static string? OfMatch(ExtensionSet extensions, ReadOnlySpan<byte> typed)
    {
        string name = Encoding.UTF8.GetString(typed);
        List<string> known = [];
        foreach (ExtensionEntry entry in ExtensionList.Matches)
        {
            if ((entry.Families & extensions.Family.Bit) != 0)
            {
                known.Add(entry.Name);
            }
        }

        return new ExtensionSet(extensions.Family).Find(typed, isTarget: true) is not null ? $"{name} is a target: use \"-j {name}\"."
            : Nearest(name, known) is { } near ? $"Did you mean \"-m {near}\"?"
            : null;
    }

    /// <summary>What an unknown target may be: one typed in lower case; null when it may as well be a chain.</summary>
    public static string? OfTarget(ExtensionSet extensions, string typed)
    {
        string capitals = typed.ToUpperInvariant();
        byte[] name = Encoding.UTF8.GetBytes(capitals);
        string? meant = StandardVerdict.TryParse(name, out _) ? capitals : new ExtensionSet(extensions.Family).Find(name, isTarget: true)?.Name;
        return meant is null ? null : $"Names of targets are in upper case: {meant}.";
    }

    /// <summary>
    /// The known word at the smallest distance, ignoring case and dashes; null when more than a third of the word differs.
    /// </summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        string? nearest = null;
        if (typed.Length > LongestTyped)
        {
            return null; // far from everything known, and the comparison takes quadratic time
        }

        string plain = Plain(typed);
        int least = Math.Min(2, plain.Length / 3) + 1;
        foreach (string word in known)
        {
            int distance = Distance(plain, Plain(word));
            if (distance < least)
            {
                (least, nearest) = (distance, word);
            }
        }

        return nearest;
    }

    /// <summary>All extensions, in a set of their own: the user's contains only those that were asked for.</summary>
    private static IEnumerable<(Extension Extension, string Say)> All(Family family)
    {
        ExtensionSet extensions = new(family);
        foreach (ExtensionEntry entry in ExtensionList.Matches.ToArray())
        {
            if (extensions.Find(Encoding.UTF8.GetBytes(entry.Name), isTarget: false) is { } match)
            {
                yield return (match, $"-m {entry.Name}");
            }
        }

        foreach (ExtensionEntry entry in ExtensionList.Targets.ToArray())
        {
            if (extensions.Find(Encoding.UTF8.GetBytes(entry.Name), isTarget: true) is { } target)
            {
                yield return (target, $"-j {entry.Name}");
            }
        }
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
