using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>iptables-apply: the file with the new rules, and the one that they are saved to.</summary>
public class ApplyFileTests
{
    /// <summary>Files that are refused, the exit status, and the message on standard error.</summary>
    [Theory]
    [InlineData("*mangle\n-A INPUT -j ACCEPT\nCOMMIT\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n-A INPUT -j OOPS\n", "line 7")]
    [InlineData("*raw\n-A OUTPUT -j ACCEPT\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport x -j DROP\nCOMMIT\n", "line: 6")]
    [InlineData("*mangle\n-F\nCOMMIT\n*filter\n-A INPUT -j ACCEPT\n", "COMMIT expected at line 6")]
    [InlineData("*mangle\n-F\nCOMMIT\n*filter\n-A INPUT -j DNAT --to-destination 1.2.3.4\nCOMMIT\n", "line 6|line 5")]
    // What only the kernel knows:
    [InlineData("*mangle\n-F\nCOMMIT\n*raw\n-A OUTPUT -m string --algo nosuch --string x\nCOMMIT\n", "line 6|line 5")]
    [InlineData("*mangle\n-F\nCOMMIT\n*nosuch\nCOMMIT\n", "Error occurred at line: 4")]
    [InlineData("\0\u0001binary\u00ff\u00fe\n", "line 1")]
    public void A_broken_file_changes_nothing_at_all(string file, string said)
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        machine.Write("new", file);
        (int status, string output, string errors) = machine.Try("iptables-apply -w saved new");
        Assert.Equal(5, status);
        Assert.Equal("Applying new iptables rules from 'new'... failed.\nReverting to old iptables rules... done.\n", output);
        Assert.Contains(said.Split('|'), text => errors.Contains(text, StringComparison.Ordinal));
        Assert.Contains("Error: unknown error applying new iptables rules: new\nHint: Nothing was changed", errors);
        Assert.Equal(before, machine.Saved); // and there is no table more
        Assert.False(machine.Has("saved"));
    }

    /// <summary>With sets, which no other namespace has, the kernel can be asked only about the table itself.</summary>
    [Fact]
    public void A_table_that_the_kernel_refuses_after_another_was_changed_undoes_that_one()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        machine.Write("new", "*filter\n-A INPUT -m set --match-set apply src -j ACCEPT\nCOMMIT\n*raw\n-A OUTPUT -j CT --helper nosuch\nCOMMIT\n");
        (int status, string output, string errors) = machine.Try("ipset create apply hash:ip && iptables-apply new");
        Assert.True(status == 5, errors);
        Assert.EndsWith("failed.\nReverting to old iptables rules... done.\n", output);
        Assert.Contains(Through == "nft" ? "line 5" : "line 6", errors); // nf_tables says which rule it refuses
        Assert.DoesNotContain("Nothing was changed", errors);
        machine.AssertIsBack(before);
    }

    [Fact]
    public void A_file_with_sets_is_applied()
    {
        using ApplyMachine machine = Begin();
        machine.Write("new", "*filter\n-A INPUT -m set --match-set apply src -j ACCEPT\nCOMMIT\n");
        machine.Run("ipset create apply hash:ip && printf y | iptables-apply -t 60 new");
        Assert.Contains("-A INPUT -m set --match-set apply src -j ACCEPT", machine.Saved);
    }

    [Fact]
    public void A_file_of_a_hundred_megabytes_that_is_none_changes_nothing()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        (int status, _, string errors) = machine.Try("truncate -s 100M new && iptables-apply new");
        Assert.Equal(5, status);
        Assert.True(errors.Length < 1000, "an error without an end");
        Assert.Equal(before, machine.Saved);
    }

    [Fact]
    public void An_empty_file_is_said_to_be_empty()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        (int status, _, string errors) = machine.Try(": >empty; iptables-apply empty");
        Assert.Equal((255, "Warning: there is no table in empty; nothing was changed.\n"), (status, errors));
        Assert.Equal(before, machine.Saved);
    }

    [Theory]
    [InlineData("nosuch/saved", "open: No such file or directory. The new rules are in force.")]
    [InlineData(".", "open: Is a directory. The new rules are in force.")]
    [InlineData("/dev/full", "cannot write the output: No space left on device. The new rules are in force.")]
    public void A_save_file_that_cannot_be_written_is_an_error_but_yes_is_yes(string file, string said)
    {
        using ApplyMachine machine = Begin();
        (int status, string output, string errors) = machine.Try($"printf y | SHARPTABLES_HINTS=never iptables-apply -t 60 -w {file} new");
        Assert.Equal((9, $"Error: unknown error writing successfully applied rules: {file}\n{said}\n"), (status, errors));
        Assert.EndsWith($"Writing successfully applied rules to '{file}'...\n", output);
        Assert.Contains("-A INPUT -j new", machine.Saved);
        machine.AssertHoldsOnly("before", "lock", "new");
    }

    [Fact]
    public void A_save_file_behind_a_link_is_replaced_there()
    {
        using ApplyMachine machine = Begin();
        machine.Run("mkdir real && echo old >real/rules && ln -s real/rules saved && printf y | iptables-apply -t 60 -w saved new");
        Assert.NotNull(new FileInfo(Path.Combine(machine.Folder, "saved")).LinkTarget);
        Assert.Contains("-A INPUT -j new", machine.Read("real/rules"));
        Assert.Equal("rules\n", machine.Run("ls real"));
    }

    [Fact]
    public void The_usual_files_are_those_of_the_family()
    {
        foreach (string program in new[] { "iptables", "ip6tables" })
        {
            using ApplyMachine machine = Begin(program);
            string usual = $"/etc/network/{program}.up";
            string shown = machine.Run($$"""
                export PROGRAM={{program}}
                unshare -m sh -ec '
                    mkdir -p /etc/network; mount -t tmpfs none /etc/network
                    cp new {{usual}}.rules
                    printf "#!/bin/sh\n$PROGRAM -A INPUT -j ACCEPT\n" >{{usual}}.run; chmod +x {{usual}}.run
                    printf y | $PROGRAM-apply -t 60
                    printf y | $PROGRAM-apply -t 60 -c -w ""
                    cat {{usual}}.rules'
                """);
            Assert.Contains($"from '{usual}.rules'... done.", shown);
            Assert.Contains($"Running command '{usual}.run'... done.", shown);
            Assert.Contains($"Writing successfully applied rules to '{usual}.rules'...", shown);
            Assert.Contains("-A INPUT -j new\n-A INPUT -j ACCEPT", shown);
        }
    }

    /// <summary>The interface of the kernel.</summary>
    protected virtual string Through => "legacy";

    private ApplyMachine Begin(string program = "iptables", string rules = ApplyMachine.OldRules) => ApplyMachine.Begin(program, rules, Through);
}
