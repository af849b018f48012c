using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>nft(8), which asks libxtables how to show matches and targets.</summary>
public sealed partial class NftListingTests
{
    private const int OfEachSpec = 5; // rules of one are much alike

    /// <summary>As with the original's library, or with more words; where the original's say something else, the <c>.spec</c> has <c>nft:</c>.</summary>
    [Theory]
    [InlineData("ip")]
    [InlineData("ip6")]
    public void Rules_are_listed_as_with_the_original_s_library(string family)
    {
        using NetworkNamespace network = new();
        List<SpecCase> added = [];
        foreach (SpecCase each in SpecFile.Cases.Where(each => each.Family == family && each.IsTaken && each.Setup.Count == 0 && !each.Known.ContainsKey("nft"))
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
        Assert.True(added.Count > 250, $"only {added.Count} rules");
        Assert.True(others.Length <= added.Count / 30, $"{others.Length} of {added.Count} are listed otherwise:\n{string.Join('\n', others)}");

        string[] List(string? libraries) => [.. network.Run(
            () => new Command("env", libraries is null ? "A=" : $"LD_LIBRARY_PATH={libraries}", "nft", "list", "ruleset").Run()).Stdout.Split('\n')
            .Select(static line => BlankPattern().Replace(line, " ").Trim())];
    }

    [GeneratedRegex(" +")]
    private static partial Regex BlankPattern();
}
