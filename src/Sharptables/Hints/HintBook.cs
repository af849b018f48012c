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

    private bool _isOpen;

    public Family Family => family;

    public INames Names => names;

    /// <summary>The program whose input has the mistake, or null for a command.</summary>
    public string? Program { get; init; }

    /// <summary>The table that the lines are for; null: the command says it.</summary>
    public string? Table { get; init; }

    /// <summary>The chains of a table. The kernel is asked only if the command came so far as to have asked it: a table is made by looking at it.</summary>
    public IReadOnlyList<string> ChainsOf(string table) => _isOpen ? chainsOf(table) : BuiltInTable.Named(table, family)?.Chains ?? [];

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
        _isOpen = read.Error is null || Program is not null;
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
        for (int i = 0; i < MostCorrections && isDone; i++)
        {
            read = Rehearsal.Of(words, meant, names, Program);
            Hint? more = read.Error is null ? WrongPlaces.Usage(new Sight(this, words, read, error)) : null;
            if (read.Error is null && more is null)
            {
                break; // the kernel would take it
            }

            isDone = more?.Words is not null;
            words = more?.Words ?? words;
            if (more is not null)
            {
                reasons.Add(more.Reason);
            }
        }

        return reasons.Count == 0 ? new Advice(error.Hint is { } own ? [own] : [], []) { At = at }
            : new Advice(reasons, isDone ? [words, .. hint!.AndThen] : []) { At = at, Before = isDone ? hint!.Before : null, IsForOther = isDone && hint!.IsForOther };
    }

    private static Hint? See(Sight sight) => Typography.See(sight) ?? StrayWords.See(sight) ?? UnknownExtensions.See(sight) ?? UnknownOptions.See(sight)
        ?? Combinations.See(sight) ?? WrongValues.Signs(sight) ?? WrongAddresses.See(sight) ?? WrongValues.See(sight) ?? WrongPlaces.See(sight);
}
