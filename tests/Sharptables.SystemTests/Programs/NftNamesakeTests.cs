using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>A chain that nft made under the name of a built-in one, without a hook: packets never come to it.</summary>
public sealed class NftNamesakeTests
{
    private const string Made = "nft 'table ip filter { chain INPUT { udp dport 53 counter accept; }; }'\n";

    [Fact]
    public void Its_rules_are_shown_as_what_they_are()
    {
        using ApplyMachine machine = new(through: "nft");
        string output = machine.Run(Made + "iptables -S");
        Assert.StartsWith("# nft: add chain ip filter INPUT\n# nft: add rule ip filter INPUT udp dport 53 counter packets 0 bytes 0 accept\n-P INPUT ACCEPT\n", output);
    }

    [Fact]
    public void A_save_says_that_they_are_not_in_it()
    {
        using ApplyMachine machine = new(through: "nft");
        (int status, _, string errors) = machine.Try(Made + "iptables-save");
        Assert.Equal(1, status);
        Assert.Contains("has a chain INPUT that is not the built-in one", errors);
    }

    [Theory]
    [InlineData("chain INPUT { type filter hook input priority 10; counter drop; }")]
    [InlineData("chain mine { type filter hook input priority 10; policy drop; }")]
    public void A_save_says_that_a_base_chain_of_nft_is_not_in_it(string chain)
    {
        using ApplyMachine machine = new(through: "nft");
        (int status, string output, string errors) = machine.Try($"nft 'table ip filter {{ {chain}; }}'\niptables-save");
        Assert.Equal(1, status);
        Assert.StartsWith("# Table `filter' contains incompatible base-chains, use 'nft' tool to list them.\n", output);
        Assert.Contains("that is none of iptables'", errors);
    }

    /// <summary>What iptables-translate prints goes into such a chain where nobody has made another.</summary>
    [Fact]
    public void A_rule_is_found_in_it()
    {
        using ApplyMachine machine = new(through: "nft");
        Assert.Equal(0, machine.Try(Made + "iptables -C INPUT -p udp --dport 53 -j ACCEPT").Status);
        Assert.Equal(1, machine.Try("iptables -C INPUT -p udp --dport 54 -j ACCEPT").Status);
    }

    [Fact]
    public void It_is_not_written_to()
    {
        using ApplyMachine machine = new(through: "nft");
        string before = machine.Run(Made + "nft list ruleset");
        Assert.Equal(4, machine.Try("iptables -A INPUT -j DROP").Status);
        Assert.Equal(before, machine.Run("nft list ruleset"));
    }
}
