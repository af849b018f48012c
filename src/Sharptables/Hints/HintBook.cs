using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Hints;

/// <summary>
/// Says of an error what was probably meant. It is opened only when an error has happened. Corrections are read before they are offered, and
/// what is still wrong in them is corrected, too.
/// </summary>
/// <param name="family">The family of the program.</param>
/// <param name="names">What names mean.</param>
/// <param name="chainsOf">The names of the chains of a table.</param>
internal sealed class HintBook(Family family, INames names, Func<string, IReadOnlyList<string>> chainsOf)
{
    private const int MostCorrections = 6;

    public Family Family => family;

    public INames Names => names;

    /// <summary>The program whose input has the mistake, or null for a command.</summary>
    public string? Program { get; init; }

    /// <summary>The table that the lines are for; null: the command says it.</summary>
    public string? Table { get; init; }

    /// <summary>The chains of a table.</summary>
    public IReadOnlyList<string> ChainsOf(string table) => chainsOf(table);

    /// <summary>The rules of a table that jump to a chain: their chains, and their numbers in these.</summary>
    public Func<string, string, IReadOnlyList<(string Chain, int Number)>> JumpsTo { get; init; } = static (_, _) => [];

    /// <summary>Reads words.</summary>
    public Rehearsal Rehearse(string[] words) => Rehearsal.Of(words, family, names, Program);

    /// <summary>What to say of an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="typed">The words of the command.</param>
    public Advice For(UsageException error, ReadOnlySpan<byte[]> typed)
    {
        string[] words = new string[typed.Length];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Encoding.UTF8.GetString(typed[i]);
        }

        Rehearsal read = Rehearse(words);
        int at = read.At;
        List<string> reasons = [];
        Hint? hint = null;
        bool isDone = false;
        for (int i = 0; i < MostCorrections && !isDone; i++)
        {
            bool isRead = read.Error is null;
            if (See(new Sight(this, words, read, i == 0 ? error : read.Error!)) is not { } next)
            {
                hint = null;
                break;
            }

            hint = next;
            at = i == 0 && hint.At >= 0 ? hint.At : at;
            if (!reasons.Contains(hint.Reason))
            {
                reasons.Add(hint.Reason);
            }

            if (hint.Words is null)
            {
                break;
            }

            words = hint.Words;
            read = Rehearse(words);
            isDone = read.Error is null || hint.IsForOther || hint.AndThen.Length > 0 || hint.Before is not null;
            if (isRead && read.Error is { } left && !left.Message.StartsWith("unknown option", StringComparison.Ordinal))
            {
                break;
            }
        }

        Family meant = hint is { IsForOther: true } ? family.Twin! : family;
        string[][] andThen = hint?.AndThen ?? [];
        for (int i = 0; i < MostCorrections && isDone; i++)
        {
            read = Rehearsal.Of(words, meant, names, Program);
            Sight left = new(this, words, read, error);
            Hint? more = read.Error is not null ? null : WrongPlaces.Usage(left) ?? (hint!.IsForOther || andThen.Length > 0 ? null : WrongPlaces.Absent(left));
            if (read.Error is null && more is null)
            {
                break; // the kernel would take it
            }

            isDone = more?.Words is not null;
            words = more?.Words ?? words;
            andThen = more?.AndThen ?? andThen;
            if (more is not null)
            {
                reasons.Add(more.Reason);
            }

            if (andThen.Length > 0)
            {
                break;
            }
        }

        return reasons.Count == 0 ? new Advice(error.Hint is { } own ? [own] : [], []) { At = at }
            : new Advice(reasons, isDone ? [words, .. andThen] : []) { At = at, Before = isDone ? hint!.Before : null, IsForOther = isDone && hint!.IsForOther };
    }

    private static Hint? See(Sight sight) => Typography.See(sight) ?? StrayWords.See(sight) ?? UnknownExtensions.See(sight) ?? UnknownOptions.See(sight)
        ?? Combinations.See(sight) ?? WrongValues.Signs(sight) ?? WrongAddresses.See(sight) ?? WrongValues.See(sight) ?? WrongPlaces.See(sight);
}
