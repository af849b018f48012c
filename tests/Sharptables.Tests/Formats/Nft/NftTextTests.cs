using Xunit;

namespace Sharptables.Tests.Formats.Nft;

/// <summary>The words of nft(8) for every rule of a <c>.spec</c> that is nothing but conditions.</summary>
public sealed class NftTextTests
{
    /// <summary>Where the original's words mean something else than the rule, the <c>.spec</c> has ours behind <c>nft:</c>.</summary>
    [Fact]
    public void A_rule_is_translated_as_the_original_does()
    {
        List<string> wrong = [];
        foreach (TranslatedRule rule in TranslatedRule.All)
        {
            string? known = rule.Rule.Case!.Known.GetValueOrDefault("nft");
            if (known is null ? rule.Original is not null && rule.Text != rule.Original : rule.Text != (known.Length == 0 ? null : known) || rule.Text == rule.Original)
            {
                wrong.Add($"{rule}\n    written: {known}\n    C:       {rule.Original}\n    ours:    {rule.Text}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {TranslatedRule.All.Count} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(TranslatedRule.All.Count > 400, $"only {TranslatedRule.All.Count} rules");
    }
}
