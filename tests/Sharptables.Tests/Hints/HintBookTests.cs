using System.Text;
using Sharptables.Hints;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Hints;

public sealed class HintBookTests
{
    /// <summary>What is put in the place of a word: what scripts and slips of the fingers make of it.</summary>
    private static readonly string[] s_slips = ["", "-", "--", "!", "-A", "--dport", ",", "'", "=", "\"", "-x", "a b", "0", "\ufffd", "$X", "tcp"];

    [Theory]
    [InlineData("-A INPUT --ctstate NEW", "--ctstate is an option of -m conntrack, which must come before it.", "-A INPUT -m conntrack --ctstate NEW")]
    [InlineData("-A INPUT --to-source 1.2.3.4", "--to-source is an option of -j SNAT, which must come before it.", "-t nat -A INPUT -j SNAT --to-source 1.2.3.4")]
    [InlineData("-A INPUT -dport 80,443 -J ACCEPT", "A long option has two dashes: --dport.", "-A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT")]
    public void Says_what_was_meant_and_mends_all_of_it(string typed, string reason, string meant)
    {
        Advice advice = Ask(Family.IPv4, typed.Split(' '))!;
        Assert.Equal(reason, advice.Reasons[0]);
        Assert.Equal(meant, string.Join(' ', advice.Commands[0]));
    }

    /// <summary>Whatever was typed, the error is told: a hint never stands in its way, and what it offers can be read.</summary>
    [Fact]
    public void No_slip_makes_it_fail()
    {
        string[][] commands = [.. Directory.GetFiles(Workspace.PathOf("tests", "Sharptables.DifferentialTests", "Mistakes"), "*.txt").SelectMany(File.ReadLines)
            .Where(static line => line.StartsWith("$ iptables ", StringComparison.Ordinal) && !line.Contains(';', StringComparison.Ordinal))
            .Select(static line => ShellWords.Split(line[11..])).OfType<List<string>>().Select(static words => words.ToArray())];
        Assert.True(commands.Length > 200);
        Random random = new(int.Parse(Environment.GetEnvironmentVariable("FUZZ_SEED") ?? "1", System.Globalization.CultureInfo.InvariantCulture));
        foreach (string[] words in commands)
        {
            foreach (Family family in Family.All())
            {
                string[] slipped = [.. words];
                slipped[random.Next(words.Length)] = s_slips[random.Next(s_slips.Length)];
                int at = random.Next(words.Length), other = random.Next(words.Length);
                string[] swapped = [.. words];
                (swapped[at], swapped[other]) = (swapped[other], swapped[at]);
                foreach (string[] typed in (string[][])[words, slipped, swapped, words[..at], [.. words[..at], .. words[Math.Min(at + 1, words.Length)..]], [.. words, .. words]])
                {
                    if (Ask(family, typed) is { Commands: [var command, ..] } advice)
                    {
                        UsageException? left = Rehearsal.Of(command, advice.IsForOther ? family.Twin! : family, new NoNames(), null).Error;
                        Assert.True(left is null, $"{family.Program} {string.Join(' ', typed)}\n{string.Join('\n', advice.Reasons)}\n{string.Join(' ', command)}\n{left?.Message}");
                    }
                }
            }
        }
    }

    private static Advice? Ask(Family family, string[] words)
    {
        NoNames names = new();
        UsageException? error = Rehearsal.Of(words, family, names, null).Error;
        return error is null ? null : new HintBook(family, names, static _ => ["INPUT"]).For(error, Array.ConvertAll(words, Encoding.UTF8.GetBytes));
    }
}
