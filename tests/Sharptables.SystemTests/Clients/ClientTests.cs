using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Sharptables.SystemTests.Clients;

/// <summary>
/// Other people's firewalls, which call iptables: each is run once with our programs and once with the C original's, over the same
/// interface, by tests/clients/stage. Their output, the status of each of their steps and the rules they leave must be the same.
/// </summary>
public sealed partial class ClientTests(ITestOutputHelper output)
{
    /// <summary>Each row: the interface, a client, and about how many rules it leaves over all its steps: no two empty tables are compared.</summary>
    [Theory]
    [InlineData("legacy", "ufw", 1700)]
    [InlineData("legacy", "fail2ban", 500)]
    [InlineData("legacy", "ferm", 450)]
    [InlineData("legacy", "iptables-persistent", 100)]
    [InlineData("legacy", "wg-quick", 10)]
    [InlineData("legacy", "arno-iptables-firewall", 1400)]
    [InlineData("legacy", "cni", 200)]
    [InlineData("legacy", "netavark", 300)]
    [InlineData("nft", "ufw", 1700)]
    [InlineData("nft", "fail2ban", 500)]
    [InlineData("nft", "ferm", 250)]
    [InlineData("nft", "iptables-persistent", 100)]
    [InlineData("nft", "wg-quick", 10)]
    [InlineData("nft", "arno-iptables-firewall", 1400)]
    [InlineData("nft", "cni", 200)]
    [InlineData("nft", "netavark", 300)]
    [InlineData("nft", "libvirt", 250)]
    public async Task Client_works_as_with_the_original(string kernelInterface, string client, int rules)
    {
        string[][] said = await Task.WhenAll(Task.Run(() => Play("original", kernelInterface, client)), Task.Run(() => Play("ours", kernelInterface, client)));
        Assert.All(said[0][..2], program => Assert.EndsWith($"/xtables-{kernelInterface}-multi", program, StringComparison.Ordinal));
        Assert.All(said[1][..2], static program => Assert.EndsWith("/xtables-multi", program, StringComparison.Ordinal));
        string[] original = said[0][2..], ours = said[1][2..];
        int same = original.Zip(ours).TakeWhile(static lines => lines.First == lines.Second).Count();
        if (same < original.Length || same < ours.Length)
        {
            string step = original.Take(same).LastOrDefault(static line => line.StartsWith("$ ", StringComparison.Ordinal), "$");
            Assert.Fail($"{step}\noriginal: {Around(original, same)}\nours:     {Around(ours, same)}");
        }

        int left = ours.Count(static line => line.StartsWith("-A ", StringComparison.Ordinal));
        Assert.True(left >= rules, $"only {left} rules");
    }

    /// <summary>A client's output with either side's programs, line by line, without what may differ.</summary>
    private string[] Play(string programs, string kernelInterface, string client)
    {
        long begin = Stopwatch.GetTimestamp();
        CommandResult played = new Command(Workspace.PathOf("tests", "clients", "stage"), programs, kernelInterface, client).Run();
        Assert.True(
            played.ExitStatus == 0, $"{client} with {programs}: {played.Stderr}{played.Stdout[Math.Max(0, played.Stdout.Length - 2000)..]}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{client} with {programs}: {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s"));
        return [.. Version().Replace(played.Stdout, "1.8.x").Split('\n').Where(static line => !BeyondTheOriginal().IsMatch(line))];
    }

    private static string Around(string[] lines, int line) => string.Join('\n', lines.Skip(line).Take(5));

    [GeneratedRegex(@"(?<=\bv|version: )1\.8\.\d+")]
    private static partial Regex Version();

    /// <summary>What an error of ours says below the original's line.</summary>
    [GeneratedRegex(@"^((Line \d+|Hint): | *\^+$)")]
    private static partial Regex BeyondTheOriginal();
}
