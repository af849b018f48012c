using Sharptables.Model;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

public sealed class RuleReaderTests
{
    [Fact]
    public void What_iptables_nft_writes_is_read_as_the_rule_that_was_given()
    {
        List<string> wrong = [];
        foreach (KnownExpressions known in KnownExpressions.All)
        {
            using RuleUnderRead read = new(known.Family, "foo");
            string ours = read.Read(ExpressionBytes.Of(known.Lines));
            string expected = Saved(known);
            if (ours != expected)
            {
                wrong.Add($"{known.Family} {known.Rule}\n   expected {expected}\n   read     {ours}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {KnownExpressions.All.Count} wrong:\n{string.Join("\n", wrong)}");
    }

    /// <summary>As our own save has it: what it writes otherwise than 1.8.10 is no matter here.</summary>
    private static string Saved(KnownExpressions known)
    {
        try
        {
            using TableUnderTest table = new(known.Table, known.Family);
            table.Restore($":foo -\n-A foo {known.Saved}\n");
            return table.Rules().Single()["-A foo".Length..].TrimStart();
        }
        catch (UsageException e)
        {
            return e.Message;
        }
    }
}
