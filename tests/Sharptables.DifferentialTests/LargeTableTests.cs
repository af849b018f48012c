using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>Tables of any size are loaded, extended and shortened; the kernel must then hold what it holds after the original.</summary>
public sealed class LargeTableTests
{
    private const int RuleSize = 200; // of Rule below: a head, tcp, a verdict
    private const int SpareOfARead = 1 << 16;
    private const int HugePage = 2 << 20;

    /// <summary>
    /// Into tables around every size at which a buffer grows in another way; as many rules as fit into the room left by reading, and more.
    /// </summary>
    [Theory]
    [InlineData(SpareOfARead)]
    [InlineData(HugePage)]
    [InlineData(2 * HugePage)]
    [InlineData(4 * HugePage)]
    public void Rules_are_added_to_a_table_of_any_size(int size)
    {
        using Machine machine = new(ProgramSet.Ours);
        foreach (int old in (int[])[(size / RuleSize) - 25, (size / RuleSize) + 1])
        {
            foreach (int added in (int[])[1, SpareOfARead / RuleSize, (SpareOfARead / RuleSize) + 2, 1000, old + 1000])
            {
                Restore(machine, [], Filter(0, old));
                Restore(machine, ["-n"], $"*filter\n{Rules(old, added)}COMMIT\n");
                AssertHolds(machine, Filter(0, old + added), $"{added} into {old}");
            }
        }
    }

    [Fact]
    public void Rules_are_put_into_the_middle_and_the_front_of_a_large_table_and_taken_from_it()
    {
        using Machine machine = new(ProgramSet.Ours);
        Restore(machine, [], Filter(0, 25_000));
        string front = string.Concat(Enumerable.Range(0, 2000).Select(static i => $"-I INPUT {1 + i} {Rule(30_000 + i)}\n"));
        Restore(machine, ["-n"], $"*filter\n{front}COMMIT\n");
        AssertHolds(machine, Filter(Rules(30_000, 2000) + Rules(0, 25_000)), "put in front");
        string away = string.Concat(Enumerable.Repeat("-D INPUT 1\n", 2000));
        Restore(machine, ["-n"], $"*filter\n{away}-D INPUT 25000\n-D INPUT 12501\nCOMMIT\n");
        AssertHolds(machine, Filter(Rules(0, 12_500) + Rules(12_501, 12_498)), "taken away");
        Restore(machine, ["-n"], $"*filter\n-F INPUT\n{Rules(5, 1)}COMMIT\n");
        AssertHolds(machine, Filter(5, 1), "flushed");
    }

    /// <summary>Takes some seconds, since it is about the size.</summary>
    [Fact]
    public void A_chain_of_a_million_rules_is_loaded_saved_shortened_and_flushed()
    {
        const int Million = 1_000_000;
        using Machine machine = new(ProgramSet.Ours);
        string whole = Filter(0, Million);
        Restore(machine, [], whole);
        string sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(whole)));
        Assert.Equal($"{sum}  -\n", machine.Shell("iptables-save | grep -v '^#' | sha256sum", timeoutSeconds: 120).Stdout);
        Restore(machine, ["-n"], $"*filter\n-D INPUT {Million}\n-D INPUT {Million / 2}\n-A INPUT {Rule(7)}\nCOMMIT\n");
        string last = machine.ShellWith(ProgramSet.Reference, "iptables -S INPUT | tail -n 2", timeoutSeconds: 120).Stdout;
        Assert.Equal($"-A INPUT {Rule(Million - 2)}\n-A INPUT {Rule(7)}\n", last);
        Assert.Equal($"{Million - 1}\n", machine.Shell("iptables-save | grep -c '^-A'", timeoutSeconds: 120).Stdout);
        Assert.Equal(0, machine.Shell("iptables -F INPUT", timeoutSeconds: 60).ExitStatus);
        AssertHolds(machine, Filter(0, 0), "flushed");
    }

    /// <summary>65,000 chains, declared in random order, with their rules in another.</summary>
    [Fact]
    public void A_table_of_very_many_chains_is_loaded_in_any_order()
    {
        const int Count = 65_000;
        static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"CHAIN-{i * 7919L % Count:X6}");
        using Machine machine = new(ProgramSet.Ours);
        StringBuilder text = new("*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n");
        for (int i = 0; i < Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $":{Name(i)} - [0:0]\n");
        }

        for (int i = 0; i < Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-A {Name((i * 13) + 5)} -p tcp -m tcp --dport {1 + (i % 60_000)} -j ACCEPT\n");
        }

        string input = text.Append("COMMIT\n").ToString();
        Restore(machine, [], input);
        string[] lines = Saved(machine.ShellWith(ProgramSet.Reference, "iptables-save", timeoutSeconds: 120))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] sorted = [.. lines];
        string[] expected = input.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(sorted, StringComparer.Ordinal);
        Array.Sort(expected, StringComparer.Ordinal);
        Assert.True(expected.AsSpan().SequenceEqual(sorted), "not the same lines");
        string[] chains = [.. lines.Where(static l => l.StartsWith(":CHAIN", StringComparison.Ordinal))];
        Assert.True(chains.AsSpan().SequenceEqual(chains.Order(StringComparer.Ordinal).ToArray()), "not in the order of their names");
    }

    [Fact]
    public void Counters_of_a_large_table_are_restored()
    {
        using Machine machine = new(ProgramSet.Ours);
        StringBuilder text = new("*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n");
        for (int i = 0; i < 50_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{i}:{i * 60L}] -A INPUT {Rule(i)}\n");
        }

        string input = text.Append("COMMIT\n").ToString();
        Restore(machine, ["-c"], input);
        Assert.True(Saved(machine.ShellWith(ProgramSet.Reference, "iptables-save -c", timeoutSeconds: 120)) == input, "other counters");
    }

    private static void Restore(Machine machine, string[] options, string text)
    {
        CommandResult result = machine.Program("iptables-restore", options, text, timeoutSeconds: 120);
        Assert.True(result.ExitStatus == 0 && !result.TimedOut, result.Stderr);
    }

    private static void AssertHolds(Machine machine, string text, string what)
    {
        CommandResult result = machine.ShellWith(ProgramSet.Reference, "iptables-save", timeoutSeconds: 120);
        Assert.True(Saved(result) == text, what + ": the original saves something else");
    }

    private static string Saved(CommandResult result) =>
        string.Concat(result.Stdout.Split('\n').Where(static l => l.Length > 0 && l[0] != '#').Select(static l => l + "\n"));

    private static string Filter(int first, int count) => Filter(Rules(first, count));

    private static string Filter(string rules) => $"*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}COMMIT\n";

    private static string Rules(int first, int count)
    {
        StringBuilder text = new();
        for (int i = first; i < first + count; i++)
        {
            text.Append("-A INPUT ").Append(Rule(i)).Append('\n');
        }

        return text.ToString();
    }

    private static string Rule(int i) => string.Create(
        CultureInfo.InvariantCulture, $"-s 10.{i >> 16}.{(i >> 8) & 255}.{i & 255}/32 -p tcp -m tcp --dport {1 + (i % 65_535)} -j ACCEPT");
}
