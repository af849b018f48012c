using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Hints;
using Sharptables.Model;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Hints;

/// <summary>Every option that there is, and every word that one of them knows, missed by a letter: the hint says what was meant, and mends it.</summary>
public sealed class NearMissTests
{
    /// <summary>For each option of an extension, a rule of its <c>.spec</c> that has it.</summary>
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            HashSet<(Family, string)> seen = [];
            foreach (SpecCase line in SpecFile.Cases.Where(static line => line.IsTaken))
            {
                Family family = line.Family == "ip" ? Family.IPv4 : Family.IPv6;
                if (ShellWords.Split(line.Rule) is not { } words || Rehearsal.Of([.. Command(line, words)], family, new NoNames(), null) is not { Error: null } read)
                {
                    continue;
                }

                foreach (string name in words.Where(static word => word.StartsWith("--", StringComparison.Ordinal)).Distinct())
                {
                    Extension? owner = read.Loaded.FirstOrDefault(one => Known.HasOption(one, name[2..]));
                    if (owner is not null && seen.Add((family, $"{owner.Name} {owner.IsTarget} {name}")))
                    {
                        rows.Add(family.Program, name, string.Join('\n', Command(line, words)));
                    }
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_option_that_is_missed_by_a_letter_is_found(string program, string name, string command)
    {
        Family family = program == "iptables" ? Family.IPv4 : Family.IPv6;
        string[] words = command.Split('\n');
        int at = Array.IndexOf(words, name);
        foreach (string missed in Misses(name))
        {
            string[] typed = [.. words[..at], missed, .. words[(at + 1)..]];
            UsageException? error = Rehearsal.Of(typed, family, new NoNames(), null).Error;
            bool isAsNear = missed.EndsWith('x') && Options(family, words).Exists(other => other != name[2..] && other.Length == name.Length - 2 && name[2..^1] == other[..^1]);
            if (error is null || isAsNear || Known.IsOption(family, missed.TrimStart('-')))
            {
                continue; // it is an option, too, or short for one, or two are as near
            }

            Advice advice = new HintBook(family, new NoNames(), table => BuiltInTable.Named(table, family)?.Chains ?? []).For(error, Array.ConvertAll(typed, Encoding.UTF8.GetBytes));
            Assert.True(advice.Commands is [var meant, ..] && meant.AsSpan().SequenceEqual(words), $"{missed}: {string.Join(' ', advice.Reasons)} {(advice.Commands is [var other, ..] ? string.Join(' ', other) : "")}");
        }
    }

    private static List<string> Options(Family family, string[] words) =>
        [.. Rehearsal.Of(words, family, new NoNames(), null).Loaded.SelectMany(Known.NamesOf)];

    private static IEnumerable<string> Command(SpecCase line, List<string> words) => ["-t", line.Table, "-A", line.Chain, .. words];

    private static IEnumerable<string> Misses(string name)
    {
        int middle = name.Length / 2;
        yield return name[1..];
        yield return name.ToUpperInvariant();
        yield return name[..middle] + name[middle] + name[middle..];
        if (name.Length >= "--dport".Length)
        {
            yield return name[..middle] + name[(middle + 1)..];
            yield return name[..(middle - 1)] + name[middle] + name[middle - 1] + name[(middle + 1)..];
            yield return name[..^1] + (name[^1] == 'x' ? 'y' : 'x');
        }
    }
}
