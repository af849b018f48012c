using System.Text.Json;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary><c>sharptables migrate</c>: all rules move from one of the kernel's interfaces to the other, or none.</summary>
public sealed class MigrateTests
{
    private const string Legacy = "legacy";
    private const string Nft = "nft";

    [Theory]
    [InlineData(Legacy, Nft)]
    [InlineData(Nft, Legacy)]
    public void All_rules_of_both_families_move_with_their_counters(string from, string to)
    {
        using ApplyMachine machine = ApplyMachine.Begin(through: from);
        machine.Run("ip6tables-restore -c <before; ipset create known hash:ip; iptables -A FORWARD -m set --match-set known src -c 5 6 -j ACCEPT");
        string before = Saved(machine, from);
        Assert.Equal(
            $"IPv4: moved to {Kernel(to)}: filter (4), mangle (2)\nIPv6: moved to {Kernel(to)}: filter (3), mangle (2)\n".Split('\n').Order(),
            Sorted(machine.Run($"sharptables migrate {to}")));
        Assert.Equal(before, Saved(machine, to));
        Assert.DoesNotContain("-A", Saved(machine, from));
        Assert.DoesNotContain("DROP", Saved(machine, from));
    }

    [Fact]
    public void What_still_names_the_other_interface_is_said()
    {
        using ApplyMachine machine = ApplyMachine.Begin();
        (int status, string _, string errors) = machine.Try("SHARPTABLES_INTERFACE=legacy sharptables migrate nft");
        Assert.Equal((0, "Warning: iptables still uses the other interface: SHARPTABLES_INTERFACE or /etc/sharptables.conf says so. Say \"interface = nft\" there.\n"), (status, errors));
        (status, _, errors) = machine.Try("SHARPTABLES_INTERFACE=legacy sharptables migrate legacy");
        Assert.Equal((0, ""), (status, errors));
    }

    [Fact]
    public void There_and_back_again_nothing_has_changed()
    {
        using ApplyMachine machine = ApplyMachine.Begin();
        string before = machine.Saved;
        machine.Run("sharptables migrate nft && sharptables migrate legacy");
        Assert.Equal(before, machine.Saved);
        Assert.Equal("", machine.Run("nft list ruleset"));
    }

    [Theory]
    [InlineData(Legacy, Nft)]
    [InlineData(Nft, Legacy)]
    public void A_dry_run_changes_nothing(string from, string to)
    {
        using ApplyMachine machine = ApplyMachine.Begin(through: from);
        string before = Everything(machine);
        Assert.Contains($"IPv4: would move to {Kernel(to)}: ", machine.Run($"sharptables migrate --dry-run {to}"));
        using JsonDocument json = JsonDocument.Parse(machine.Run($"sharptables migrate --json --dry-run {to}"));
        Assert.Equal((to, false), (json.RootElement.GetProperty("to").GetString(), json.RootElement.GetProperty("moved").GetBoolean()));
        Assert.Contains(json.RootElement.GetProperty("tables").EnumerateArray(), static table => table.GetProperty("family").GetString() == "IPv4" && table.GetProperty("rules").GetInt32() > 0);
        Assert.Equal(before, Everything(machine));
    }

    [Theory]
    [InlineData(Nft, "iptables-nft -N user", "nf_tables has rules of iptables already: the table filter has the chain user")]
    [InlineData(Nft, "ip6tables-nft -P INPUT DROP", "nf_tables has rules of ip6tables already: the table filter has a policy of INPUT")]
    [InlineData(Legacy, "iptables-legacy -A INPUT", "ip_tables has rules of iptables already: the table filter has rules in INPUT")]
    public void Rules_at_the_other_place_are_a_reason_not_to_move(string to, string there, string said)
    {
        using ApplyMachine machine = ApplyMachine.Begin(through: to == Nft ? Legacy : Nft);
        machine.Run(there);
        string before = Everything(machine);
        (int status, string output, string errors) = machine.Try($"sharptables migrate {to}");
        Assert.Equal((1, ""), (status, output));
        Assert.Contains(said, errors);
        Assert.EndsWith("no rules have been moved\n", errors);
        Assert.Equal(before, Everything(machine));
        string saved = Saved(machine, to == Nft ? Legacy : Nft);
        machine.Run($"sharptables migrate --replace {to}");
        Assert.Equal(saved, Saved(machine, to));
    }

    [Theory]
    [InlineData("nft add rule ip filter old ip id 5 drop", "the table filter of iptables has rule 2 of chain old, which only nft can say")]
    [InlineData("nft add chain ip mangle mine '{ type filter hook input priority 7; }'", "the table mangle of iptables has base chains that iptables does not have, which only nft can say")]
    public void What_iptables_cannot_say_is_named_and_nothing_moves(string added, string said)
    {
        using ApplyMachine machine = ApplyMachine.Begin(through: Nft);
        machine.Run(added);
        string before = Everything(machine);
        (int status, _, string errors) = machine.Try("sharptables migrate legacy");
        Assert.Equal(1, status);
        Assert.Contains(said, errors);
        Assert.Equal(before, Everything(machine));
    }

    /// <summary>nf_tables takes TRACE in every table, the other interface only in raw.</summary>
    [Fact]
    public void What_the_other_interface_refuses_is_named_and_all_is_as_before()
    {
        using ApplyMachine machine = ApplyMachine.Begin(through: Nft);
        machine.Run("iptables -A INPUT -j TRACE");
        string before = Everything(machine);
        (int status, _, string errors) = machine.Try("sharptables migrate legacy");
        Assert.Equal(1, status);
        Assert.Contains("TRACE", errors);
        Assert.Equal(before, Everything(machine));
    }

    [Fact]
    public void Tables_of_others_stay_as_they_are()
    {
        using ApplyMachine machine = ApplyMachine.Begin(through: Nft);
        machine.Run("nft add table inet other; nft add chain inet other c; nft add rule inet other c counter drop");
        machine.Run("sharptables migrate legacy");
        Assert.Equal("table inet other {\n\tchain c {\n\t\tcounter packets 0 bytes 0 drop\n\t}\n}\n", machine.Run("nft list ruleset"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nftables")]
    [InlineData("nft legacy")]
    [InlineData("--nosuch nft")]
    public void Wrong_words_change_nothing(string words)
    {
        using ApplyMachine machine = ApplyMachine.Begin();
        string before = Everything(machine);
        Assert.Equal(2, machine.Try($"sharptables migrate {words}").Status);
        Assert.Equal(before, Everything(machine));
    }

    [Fact]
    public void Without_rules_there_is_nothing_to_move()
    {
        using ApplyMachine machine = new();
        Assert.Equal("nf_tables has no tables of iptables: there is nothing to move\n", machine.Run("sharptables migrate legacy"));
    }

    private static string Kernel(string through) => through == Nft ? "nf_tables" : "ip_tables";

    private static IEnumerable<string> Sorted(string summary) =>
        summary.Replace("mangle (2), filter (4)", "filter (4), mangle (2)", StringComparison.Ordinal)
            .Replace("mangle (2), filter (3)", "filter (3), mangle (2)", StringComparison.Ordinal).Split('\n').Order();

    /// <summary>The rules of both families, in an order that does not depend on the interface's.</summary>
    private static string Saved(ApplyMachine machine, string through) => string.Join('\n', new[] { "iptables", "ip6tables" }.SelectMany(program =>
        machine.Run($"{program}-{through}-save -c 2>/dev/null").Split("COMMIT\n").Select(ApplyMachine.Uncommented).Order(StringComparer.Ordinal)));

    private static string Everything(ApplyMachine machine) => Saved(machine, Legacy) + machine.Run("nft list ruleset");
}
