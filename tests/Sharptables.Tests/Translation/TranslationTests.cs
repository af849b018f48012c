using Sharptables.Model;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Translation;

/// <summary>Every rule of every <c>.spec</c> in the language of nft(8), which judges it.</summary>
public sealed class TranslationTests
{
    /// <summary>What this machine's nft or kernel does not take of the original's words, and why.</summary>
    private static readonly (string Error, string Why)[] s_refused =
    [
        ("No such file or directory", "the kernel lacks the expression"),
        ("Interface does not exist", "nft wants the interface to be there"),
        ("Right hand side of binary operation", "a later nft takes it"),
        ("unexpected string", "a later nft has the word"),
        ("unexpected '['", "the original has brackets around two addresses"),
    ];

    /// <summary>
    /// Where the original's words mean something else than the rule, the <c>.spec</c> has ours behind <c>nft:</c>, and nothing where nft cannot say it.
    /// Ours may say more than the original, and other than what nft does not take.
    /// </summary>
    [Theory]
    [InlineData("IPv4", "", 1500)]
    [InlineData("IPv6", "", 1500)]
    [InlineData("bridge", "", 200)]
    [InlineData("IPv4", "artifacts/iptables-1.8.11/sbin", 1500)]
    [InlineData("IPv6", "artifacts/iptables-1.8.11/sbin", 1500)]
    [InlineData("bridge", "artifacts/iptables-1.8.11/sbin", 200)]
    [InlineData("ARP", "artifacts/iptables-1.8.11/sbin", 15)]
    public void A_rule_is_translated_as_the_original_does(string familyName, string folder, int least)
    {
        Family family = Family.Named(familyName);
        IReadOnlyList<TranslatedCase> cases = TranslatedCase.Of(family, folder.Length == 0 ? "" : Workspace.PathOf(folder));
        Assert.True(cases.Count > least, $"only {cases.Count} rules");
        List<TranslatedCase> others = [.. cases.Where(static each => !each.Ours.SequenceEqual(each.Original) && each.Original is not [['#' or '?', ..]] and not [])];
        _ = folder.Length > 0 ? others.RemoveAll(static each => each.Ours[^1].Contains("mobility-header", StringComparison.Ordinal)) : 0; // 1.8.11 leaves it out where it names the header
        HashSet<TranslatedCase> refused = [.. Refused(family, others, static each => each.Original).Select(static each => each.Case)];
        List<string> wrong = [];
        foreach (TranslatedCase each in cases)
        {
            string? known = each.Case.Known.GetValueOrDefault("nft");
            if (known is null ? others.Contains(each) && !refused.Contains(each) : known != each.Words)
            {
                wrong.Add($"{each}\n    written: {known}\n    C:       {string.Join(" | ", each.Original)}\n    ours:    {each.Words}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Count} wrong:\n{string.Join("\n", wrong)}");
    }

    /// <summary>So what is printed can be given to <c>nft -f</c>.</summary>
    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void Nft_takes_every_translation(string familyName)
    {
        Family family = Family.Named(familyName);
        List<(TranslatedCase Case, string Error)> refused = Refused(family, [.. TranslatedCase.Of(family).Where(static each => !each.IsComment)], static each => each.Ours);
        string[] wrong = [.. refused.Where(static each => !s_refused.Any(known => each.Error.Contains(known.Error, StringComparison.Ordinal)))
            .Select(static each => $"{each.Case}: {each.Case.Ours[^1]}\n    {each.Error}")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} refused:\n{string.Join('\n', wrong)}");
        Assert.True(refused.Count < 100, $"{refused.Count} refused");
    }

    /// <summary>Those that nft refuses, and its first complaint.</summary>
    private static List<(TranslatedCase Case, string Error)> Refused(Family family, List<TranslatedCase> cases, Func<TranslatedCase, string[]> commands)
    {
        List<(TranslatedCase, string)> refused = [];
        using NetworkNamespace network = new();
        Try(cases, 200);
        return refused;

        void Try(List<TranslatedCase> some, int most)
        {
            for (int start = 0; start < some.Count; start += most)
            {
                List<TranslatedCase> part = some[start..Math.Min(some.Count, start + most)];
                string error = Load(part);
                if (error.Length > 0 && part.Count == 1)
                {
                    refused.Add((part[0], error.Split('\n')[0]));
                }
                else if (error.Length > 0)
                {
                    Try(part, Math.Max(1, part.Count / 8));
                }
            }
        }

        string Load(List<TranslatedCase> part)
        {
            string text = string.Concat(part.Select(each => $"add table {family.NftName} {each.Case.Table}\nadd chain {family.NftName} {each.Case.Table} {each.Case.Chain}\n"
                + $"add chain {family.NftName} {each.Case.Table} foo\n{string.Join('\n', commands(each))}\n"));
            CommandResult result = network.Run(() => new Command("nft", "-c", "-f", "-") { Stdin = text }.Run());
            return result.ExitStatus == 0 ? "" : $"refused: {result.Stderr}";
        }
    }
}
