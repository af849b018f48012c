using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>iptables-apply: a command that changes the rules in place of a file: <c>-c</c>.</summary>
public class ApplyCommandTests
{
    private const int Kill = 9;

    private const string OnSets = """
        ipset create trusted hash:ip && ipset create banned hash:ip
        iptables -A INPUT -m set --match-set trusted src -j ACCEPT
        iptables -A INPUT -m set --match-set banned src -j DROP
        iptables -A INPUT -j SET --add-set banned src --exist

        """;

    [Theory]
    [InlineData("-c change", "y", 0)]
    [InlineData("./change -c", "y", 0)]
    [InlineData("--command ./change", "n", 255)]
    [InlineData("-c ./plain", "n", 255)] // a script without its first line
    public void A_command_changes_the_rules_instead(string words, string answer, int status)
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\niptables-restore <new\ncat\necho ran\n");
        machine.Write("plain", "iptables-restore <new\necho ran\n");
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion($"-t 60 {words}");
        Assert.Contains("... ran\r\ndone.\r\n", session.Terminal.Shown);
        Assert.NotEqual(before, machine.Saved);
        session.Terminal.Type(answer);
        Assert.Equal(status, session.Status());
        if (status != 0)
        {
            machine.AssertIsBack(before);
        }
    }

    [Theory]
    [InlineData("iptables-restore <new; exit 3", "Hint: Its exit status is 3.")]
    [InlineData("iptables-restore <new; sleep 60", "Hint: It had not ended after 2 seconds.")]
    [InlineData("trap '' TERM; iptables-restore <new; while :; do sleep 1; done", "Hint: It had not ended after 2 seconds.")]
    public void A_command_that_fails_is_undone(string script, string said)
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\n" + script);
        string before = machine.Saved;
        (int status, string output, string errors) = machine.Try("iptables-apply -t 2 -c ./change");
        Assert.Equal((7, "Running command './change'... failed.\nReverting to old iptables rules... done.\n"), (status, output));
        Assert.Equal($"Error: unknown error running command: ./change\n{said}\n", errors);
        machine.AssertIsBack(before);
    }

    [Fact]
    public void A_command_does_not_go_on_when_the_program_was_killed()
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\niptables-restore <new\necho begun\nsleep 2\niptables -F old\niptables -A INPUT -j DROP\necho ended >ended\n");
        string before = machine.Saved;
        using ApplySession session = machine.Apply("-t 60 -c ./change");
        session.Shows("begun");
        ApplySession.Signal(session.ProcessId, Kill);
        machine.AssertComesBack(before);
        Thread.Sleep(2500);
        Assert.False(machine.Has("ended"));
        machine.AssertIsBack(before);
    }

    /// <summary>Which number a set has depends on what was there when it was made.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("iptables -A INPUT -m set --match-set banned src -j ACCEPT; iptables -A INPUT -m set --match-set trusted src -j DROP\n" +
        "iptables -A INPUT -j SET --add-set trusted src --exist")] // byte for byte the old rules
    public void Sets_that_were_made_anew_are_found_by_their_names(string added)
    {
        using ApplyMachine machine = Begin(rules: "*filter\nCOMMIT\n");
        machine.Run(OnSets);
        string before = machine.Saved;
        machine.Write("change", $"#!/bin/sh\niptables -F\nipset destroy\nipset create banned hash:ip\nipset create trusted hash:ip\n{added}\n");
        (int status, string output, string errors) = machine.Try("printf n | iptables-apply -t 60 -c change");
        Assert.Equal((255, ""), (status, errors));
        Assert.EndsWith("done.\n", output);
        Assert.Equal(before, machine.Saved);
        Assert.Contains("-A INPUT -m set --match-set trusted src -j ACCEPT", machine.Saved);
    }

    [Theory]
    [InlineData("", "there is no IP set banned any more")]
    [InlineData("ipset create other hash:ip; ipset create another hash:ip", "there is no IP set banned any more")] // with the old numbers
    [InlineData("ipset create banned hash:ip family inet6", "the IP set banned is one of IPv6 now")]
    public void A_set_that_is_gone_is_named_and_no_other_takes_its_place(string after, string said)
    {
        using ApplyMachine machine = Begin(rules: "*filter\nCOMMIT\n*mangle\n-A INPUT -j ACCEPT\nCOMMIT\n");
        machine.Run(OnSets);
        machine.Write("change", $"#!/bin/sh\niptables -F; iptables -t mangle -F; ipset destroy\n{after}\n:\n");
        (int status, string output, string errors) = machine.Try("printf n | iptables-apply -t 60 -c change");
        Assert.Equal(8, status);
        Assert.EndsWith("failed.\n", output);
        Assert.Contains($"Error: {Shown("filter")} could not be restored: ", errors);
        Assert.Contains(said, errors);
        Assert.DoesNotContain("match-set", machine.Saved);
        Assert.Contains("-A INPUT -j ACCEPT", machine.Run("iptables-save -t mangle")); // all others are back
    }

    /// <summary>The command has destroyed the set that a rule needs, so neither can be restored.</summary>
    [Fact]
    public void Rules_that_the_kernel_does_not_take_back_are_an_error_of_their_own()
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\niptables-restore <new\nipset destroy apply\n");
        (int status, string output, string errors) = machine.Try("""
            ipset create apply hash:ip
            iptables -A INPUT -m set --match-set apply src -j ACCEPT
            SHARPTABLES_HINTS=never iptables-apply -t 5 -c ./change
            """);
        Assert.Equal(8, status);
        Assert.EndsWith("Reverting to old iptables rules... failed.\n", output);
        Assert.Equal($"Error: {Shown("filter")} could not be restored: there is no IP set apply any more\nNew rules are still in force there.\n", errors);
        Assert.Contains(":FORWARD DROP [7:4294967296]", machine.Saved); // the other table is back
        Assert.DoesNotContain("-A PREROUTING -i eth8", machine.Saved); // and what was not there before is empty
    }

    /// <summary>Whichever interface the program itself uses.</summary>
    [Theory]
    [InlineData("nft add table ip new")]
    [InlineData("nft flush ruleset")]
    [InlineData("iptables-nft -A INPUT -j ACCEPT")]
    [InlineData("iptables-legacy -A INPUT -j ACCEPT; ip6tables-legacy -P INPUT DROP")]
    public void What_a_command_changes_through_any_interface_is_undone(string change)
    {
        using ApplyMachine machine = Begin();
        machine.Write("foreign", NftRulesets.Rich);
        machine.Run("nft -f foreign; iptables-legacy -A FORWARD -s 10.0.0.1 -j DROP");
        const string Rules = """
            nft list tables | sort | while read -r table; do nft list $table | sed 's/expires [0-9a-z]*//g'; done
            { iptables-legacy-save; ip6tables-legacy-save; } | grep -e -A -e DROP
            """;
        string before = machine.Run(Rules);
        machine.Write("change", $"#!/bin/sh\niptables -P INPUT DROP\n{change}\n");
        Assert.Equal((255, ""), machine.Try("printf n | iptables-apply -t 60 -c change") is var (status, _, errors) ? (status, errors) : default);
        Assert.Equal(before, machine.Run(Rules));
        Assert.Equal(0, machine.Try("printf y | iptables-apply -t 60 -c change").Status);
        Assert.NotEqual(before, machine.Run(Rules));
    }

    /// <summary>Whatever ends the wait: an answer, the time limit, the loss of the terminal, the death of the program or of its watchdog.</summary>
    [Theory]
    [InlineData("iptables", "an answer")]
    [InlineData("ip6tables", "an answer")]
    [InlineData("iptables", "the time limit")]
    [InlineData("ip6tables", "the terminal")]
    [InlineData("iptables", "the program")]
    [InlineData("iptables", "the watchdog")]
    public void What_a_command_changes_in_the_other_family_is_undone_as_well(string program, string end)
    {
        string other = program == "iptables" ? "ip6tables" : "iptables";
        using ApplyMachine machine = Begin(program);
        machine.Run($"{other}-restore -c before");
        (string before, string beforeOfOther) = (machine.Saved, machine.SavedBy(other));
        machine.Write("change", $"#!/bin/sh\n{program}-restore <new\n{other}-restore <new\n");
        using ApplySession session = machine.ApplyAndAwaitQuestion($"-t {(end == "the time limit" ? 1 : 60)} -c change");
        Assert.NotEqual(beforeOfOther, machine.SavedBy(other));
        switch (end)
        {
            case "an answer":
                session.Terminal.Type("n");
                break;
            case "the terminal":
                session.Terminal.HangUp();
                break;
            case "the program":
                ApplySession.Signal(session.ProcessId, Kill);
                break;
            case "the watchdog":
                ApplySession.Signal(session.Watchdog(), Kill);
                break;
        }

        machine.AssertComesBack(before);
        machine.AssertComesBack(beforeOfOther, other);
    }

    [Fact]
    public void A_table_of_the_other_family_that_cannot_be_restored_is_named_with_its_program()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        machine.Run("ipset create six hash:ip family inet6; ip6tables -A INPUT -m set --match-set six src -j ACCEPT");
        machine.Write("change", "#!/bin/sh\niptables-restore <new\nip6tables -F\nipset destroy six\n");
        (int status, string output, string errors) = machine.Try("printf n | iptables-apply -t 60 -c change");
        Assert.Equal(8, status);
        Assert.EndsWith("failed.\n", output);
        Assert.StartsWith($"Error: {Shown("filter", "ip6tables")} could not be restored: there is no IP set six any more\n", errors);
        machine.AssertIsBack(before);
    }

    [Fact]
    public void Confirmed_changes_of_the_other_family_stay()
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\nip6tables -P INPUT DROP\n");
        Assert.Equal(0, machine.Try("printf y | iptables-apply -t 60 -c change").Status);
        Assert.StartsWith("-P INPUT DROP\n", machine.Run("ip6tables -S INPUT"));
    }

    /// <summary>Its counters, and the state of its matches, have gone on.</summary>
    [Fact]
    public void A_table_of_the_other_family_that_a_command_did_not_touch_is_left_alone()
    {
        using ApplyMachine machine = Begin();
        machine.Run("ip6tables -A OUTPUT -o lo -d ::1");
        machine.Write("change", "#!/bin/sh\niptables-restore <new\nping -c 1 ::1\n");
        Assert.Equal(255, machine.Try("printf n | iptables-apply -t 60 -c change").Status);
        Assert.DoesNotContain("[0:0]", machine.Run("ip6tables-save -c | grep -- -A"));
    }

    /// <summary>The interface of the kernel.</summary>
    protected virtual string Through => "legacy";

    /// <summary>A table as a message names it.</summary>
    private string Shown(string table, string program = "iptables") => Through == "nft" ? $"table {(program == "iptables" ? "ip" : "ip6")} {table} of nf_tables"
        : program == "iptables" ? $"table {table}" : $"table {table} of {program}";

    private ApplyMachine Begin(string program = "iptables", string rules = ApplyMachine.OldRules) => ApplyMachine.Begin(program, rules, Through);
}
