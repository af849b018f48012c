using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>nft(8), which asks libxtables how to show matches and targets.</summary>
public sealed partial class NftListingTests(ITestOutputHelper output)
{
    private const int OfEachSpec = 5; // rules of one are much alike

    /// <summary>As with the original's library, or with more words, but for what nft does not read (<c>meta set pkttype</c>, <c>0.0.3.4/0.0.255.255</c>); where the original's say something else, the <c>.spec</c> has <c>nft:</c>.</summary>
    [Theory]
    [InlineData("ip", 250, 12)]
    [InlineData("ip6", 250, 13)]
    [InlineData("bridge", 50, 6)]
    [InlineData("arp", 10, 0)]
    public void Rules_are_listed_as_with_the_original_s_library(string family, int least, int most)
    {
        using NetworkNamespace network = new();
        List<SpecCase> added = [];
        foreach (SpecCase each in SpecFile.Cases.Concat(SpecFile.FrameCases).Where(each => each.Family == family && each.IsTaken && each.Setup.Count == 0 && !each.Known.ContainsKey("nft"))
            .GroupBy(static each => each.File).SelectMany(static file => file.Take(OfEachSpec)))
        {
            string[] rule = ["-t", each.Table, "-A", each.Chain, .. each.Words() ?? []];
            if (network.Run(() => new Command($"/usr/sbin/{each.Program}-nft", rule).Run()).ExitStatus == 0)
            {
                added.Add(each);
            }
        }

        string[] original = List(null), ours = List(CProgram.Libraries);
        Assert.Equal(original.Length, ours.Length);
        Assert.True(original.Length > added.Count, string.Join('\n', original));
        string[] others = [.. original.Zip(ours).Where(static both => both.First != both.Second && !both.First.Contains("xt ", StringComparison.Ordinal))
            .Select(static both => $"C:    {both.First}\nours: {both.Second}")];
        int same = original.Zip(ours).Count(static both => both.First == both.Second && both.First.Contains("counter", StringComparison.Ordinal));
        output.WriteLine($"{family}: {added.Count} rules, {same} are listed alike, {others.Length} otherwise, of the rest only ours has words");
        Assert.True(added.Count >= least, $"only {added.Count} rules");
        Assert.True(others.Length <= most, $"{others.Length} of {added.Count} are listed otherwise:\n{string.Join('\n', others)}");

        string[] List(string? libraries) => [.. network.Run(
            () => new Command("env", libraries is null ? "A=" : $"LD_LIBRARY_PATH={libraries}", "nft", "list", "ruleset").Run()).Stdout.Split('\n')
            .Select(static line => BlankPattern().Replace(line, " ").Trim())];
    }

    [GeneratedRegex(" +")]
    private static partial Regex BlankPattern();
}
