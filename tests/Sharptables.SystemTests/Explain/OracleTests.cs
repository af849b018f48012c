using System.Diagnostics;
using Sharptables.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Sharptables.SystemTests.Explain;

/// <summary>
/// Random rules and packets: what explain says is what the kernel does. The seeds are the same in every run, unless <c>FUZZ_SEED</c> names the first;
/// <c>FUZZ_SECONDS</c> makes it go on for so long. What differs is printed with its seed, shrunk to what is needed to see it.
/// </summary>
/// <param name="output">Where the figures go.</param>
/// <param name="v6">Whether it is about IPv6.</param>
/// <param name="overNft">Whether the rules are those of nf_tables.</param>
public abstract class OracleTests(ITestOutputHelper output, bool v6, bool overNft)
{
    private const int Seeds = 420, PacketsPerSeed = 12, MostReports = 5;
    private const double MostUnknown = 0.12;

    [Fact]
    public void Explain_says_what_the_kernel_does()
    {
        int seconds = Workspace.Setting("FUZZ_SECONDS", 0);
        int first = Workspace.Setting("FUZZ_SEED", seconds > 0 ? Random.Shared.Next(1, 1_000_000_000) : 1), tried = 0;
        Stopwatch watch = Stopwatch.StartNew();
        HashSet<string> reports = [];
        using Oracle oracle = new(v6, overNft);
        for (int seed = first; (seconds > 0 ? watch.Elapsed.TotalSeconds < seconds : tried < Seeds) && reports.Count < MostReports; seed++, tried++)
        {
            Random random = new(seed);
            GeneratedRules rules = new RuleGenerator(random, v6).Next();
            PacketGenerator packets = new(random, v6);
            List<SentPacket> sent = [.. Enumerable.Range(0, PacketsPerSeed).Select(packets.Next)];
            (SentPacket Packet, string Text)? found;
            try
            {
                found = oracle.Difference(rules, sent);
            }
            catch (Exception e)
            {
                Assert.Fail($"FUZZ_SEED={seed}\n{rules}{e}");
                return;
            }

            if (found is { } difference)
            {
                Shrink(oracle, ref rules, ref difference);
                _ = reports.Add($"FUZZ_SEED={seed}, shrunk to:\n{rules}{difference.Packet}{difference.Text}");
            }
        }

        string figures = $"{oracle.Asked} packets through {tried} rulesets in {watch.Elapsed.TotalSeconds:f1} s, {oracle.Unknown} of them not known";
        figures = oracle.Reasons.OrderByDescending(static reason => reason.Value).Take(12).Aggregate(figures, static (text, reason) => $"{text}\n  {reason.Value}: {reason.Key}");
        output.WriteLine(figures);
        Assert.True(reports.Count == 0, $"{figures}\n{string.Join('\n', reports)}");
        Assert.True(oracle.Unknown < oracle.Asked * MostUnknown, figures);
    }

    /// <summary>Removes rules as long as the same packet shows a difference.</summary>
    private static void Shrink(Oracle oracle, ref GeneratedRules rules, ref (SentPacket Packet, string Text) difference)
    {
        SentPacket packet = difference.Packet;
        bool isAlone = oracle.Difference(rules, [packet]) is { };
        if (!isAlone)
        {
            difference = difference with { Text = difference.Text + "  (not by this packet alone)\n" };
            return;
        }

        foreach (string table in rules.Tables.Select(static table => table.Name))
        {
            if (oracle.Difference(rules.WithoutPolicies(table), [packet]) is { } still)
            {
                (rules, difference) = (rules.WithoutPolicies(table), still);
            }
        }

        for (int at = rules.Count - 1; at >= 0; at--)
        {
            if (oracle.Difference(rules.Without(at), [packet]) is { } still)
            {
                (rules, difference) = (rules.Without(at), still);
            }
        }

        foreach (string[] others in (string[][])[[" tos="], [" ttl="], [" len="], [" mss="], [" opts="]])
        {
            string words = string.Join(' ', packet.Words.Split(' ').Where(word => !Array.Exists(others, other => word.StartsWith(other[1..], StringComparison.Ordinal))));
            if (words != packet.Words && oracle.Difference(rules, [packet with { Words = words }]) is { } still)
            {
                (packet, difference) = (packet with { Words = words }, still);
            }
        }
    }
}
