using System.Globalization;
using System.Net.Sockets;
using System.Net;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>iptables-apply: the old rules come back unless somebody says in time that the new ones work, whatever happens.</summary>
public sealed class ApplyTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const string Refusal = "No affirmative response! Better play it safe...";
    private const string Timeout = "Timeout! Something happened (or did not). Better play it safe...";
    private const string Reverted = "\r\nReverting to old iptables rules... done.\r\n";

    private const int Hangup = 1;
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>Chains of users, jumps, policies and counters of any size, in more than one table.</summary>
    private const string OldRules = """
        *mangle
        :PREROUTING ACCEPT [18446744073709551615:1]
        :INPUT ACCEPT [0:0]
        :FORWARD DROP [7:4294967296]
        :OUTPUT ACCEPT [0:0]
        :POSTROUTING ACCEPT [3:4]
        :marks - [0:0]
        [5:400] -A PREROUTING -i eth9 -j marks
        [6:99999999999] -A marks -m limit --limit 5/min -j MARK --set-xmark 0x1/0xffffffff
        COMMIT
        *filter
        :INPUT ACCEPT [11:1100]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [13:1300]
        :old - [0:0]
        [1:60] -A INPUT -i eth9 -p tcp -m tcp --dport 22 -m comment --comment "the way in" -j ACCEPT
        [2:120] -A INPUT -i eth9 -j old
        [3:180] -A old -j REJECT
        COMMIT

        """;

    private const string NewRules = """
        *raw
        :PREROUTING DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        -A PREROUTING -i eth8 -j ACCEPT
        COMMIT
        *filter
        :INPUT DROP [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :new - [0:0]
        -A INPUT -j new
        -A new -i lo -j ACCEPT
        COMMIT

        """;

    [Theory]
    [InlineData("iptables", "y")]
    [InlineData("iptables", "Yes\r")]
    [InlineData("ip6tables", "y")]
    public void A_yes_keeps_the_new_rules_and_saves_them(string program, string answer)
    {
        using ApplyMachine machine = Begin(program);
        machine.Write("saved", "what was saved before\n");
        File.SetUnixFileMode(Path.Combine(machine.Folder, "saved"), Private);
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 -w saved new");
        Assert.Equal("what was saved before\n", machine.Read("saved"));
        session.Terminal.Type(answer);
        Assert.Equal(0, session.Status());
        Assert.Contains("-A INPUT -j new", machine.Saved);
        Assert.Equal(ApplyMachine.Uncommented(machine.Run($"{program}-save")), ApplyMachine.Uncommented(machine.Read("saved")));
        Assert.Equal(Private, File.GetUnixFileMode(Path.Combine(machine.Folder, "saved")));
        Assert.Contains(ApplyMachine.Question + answer[0], session.Terminal.Shown); // what is typed is seen
        Assert.EndsWith(
            "Writing successfully applied rules to 'saved'...\r\n... then my job is done. See you next time.\r\n", session.Terminal.Shown);
        AssertNothingIsLeft(machine, "before", "lock", "new", "saved");
    }

    [Theory]
    [InlineData("iptables", "n", Refusal)]
    [InlineData("ip6tables", "n", Refusal)]
    [InlineData("iptables", "ny", Refusal)]
    [InlineData("iptables", "\x03", Refusal)] // Ctrl-C
    [InlineData("iptables", "\x04", Refusal)] // Ctrl-D
    [InlineData("iptables", "\x1a", Refusal)] // Ctrl-Z
    [InlineData("iptables", "\r", Timeout)]
    public void Any_other_answer_puts_the_old_rules_back(string program, string answer, string said)
    {
        using ApplyMachine machine = Begin(program);
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 -w saved new");
        Assert.NotEqual(before, machine.Saved);
        session.Terminal.Type(answer);
        Assert.Equal(255, session.Status());
        AssertIsBack(before, machine);
        Assert.EndsWith(said + Reverted, session.Terminal.Shown);
        Assert.False(machine.Has("saved"));
    }

    [Theory]
    [InlineData("iptables")]
    [InlineData("ip6tables")]
    public void Silence_puts_the_old_rules_back(string program)
    {
        using ApplyMachine machine = Begin(program);
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 1 -w saved new");
        Assert.Equal(255, session.Status());
        AssertIsBack(before, machine);
        Assert.EndsWith(Timeout + Reverted, session.Terminal.Shown);
        Assert.False(machine.Has("saved"));
    }

    [Fact]
    public void A_terminal_that_hangs_up_puts_the_old_rules_back()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        session.Terminal.HangUp();
        Assert.Contains(session.Status(), [128 + Hangup, 1]); // the end of the terminal may be read before the signal comes
        AssertComesBack(before, machine);
    }

    [Fact]
    public void So_it_does_where_hanging_up_is_ignored()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new", before: "trap '' HUP;");
        session.Terminal.HangUp();
        AssertComesBack(before, machine);
    }

    [Fact]
    public void Killing_the_program_puts_the_old_rules_back()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        ApplySession.Signal(session.ProcessId, Kill);
        Assert.Equal(128 + Kill, session.Status());
        AssertComesBack(before, machine);
    }

    [Fact]
    public void A_program_that_is_stopped_does_not_stop_the_rollback()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 2 new");
        ApplySession.Signal(session.ProcessId, Stop);
        session.Terminal.Type("y"); // which it cannot read
        AssertComesBack(before, machine);
        ApplySession.Signal(session.ProcessId, Continue);
        Assert.Equal(255, session.Status());
        AssertIsBack(before, machine);
    }

    [Fact]
    public void The_watchdog_heeds_no_signal_but_the_program_does_without_it_if_need_be()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        int watchdog = session.Watchdog();
        int[] faults = [4, 5, 6, 7, 8, 11, 31];
        foreach (int signal in Enumerable.Range(1, 64).Except([Kill, Stop, .. faults]))
        {
            ApplySession.Signal(watchdog, signal);
        }

        Thread.Sleep(200);
        Assert.NotEqual(before, machine.Saved);
        ApplySession.Signal(watchdog, Kill);
        Assert.Equal(255, session.Status());
        AssertIsBack(before, machine);
    }

    [Fact]
    public void The_watchdog_has_a_session_of_its_own_and_nothing_of_the_terminal()
    {
        using ApplyMachine machine = Begin();
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        int watchdog = session.Watchdog();
        string leader = File.ReadAllText($"/proc/{watchdog}/stat").Split(") ")[^1].Split(' ')[3];
        Assert.Equal(watchdog, int.Parse(leader, CultureInfo.InvariantCulture));
        Assert.DoesNotContain(
            Directory.EnumerateFiles($"/proc/{watchdog}/fd"), file => new FileInfo(file).LinkTarget == session.Terminal.Path);
        session.Terminal.Type("n");
        Assert.Equal(255, session.Status());
    }

    [Fact]
    public void A_lock_that_is_never_given_up_does_not_stop_the_rollback()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 1 new");
        machine.Run("flock lock sleep 30 >/dev/null 2>&1 &");
        AssertComesBack(before, machine);
        Assert.Equal(255, session.Status());
    }

    /// <summary>Who is right when the answer comes as the time ends: whoever, but only one.</summary>
    [Fact]
    public void A_yes_at_the_last_moment_counts_wholly_or_not_at_all()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            using ApplyMachine machine = Begin();
            string before = machine.Saved;
            using ApplySession session = machine.ApplyAndAwaitQuestion("-t 1 -w saved new");
            Thread.Sleep(960 + (number * 10));
            session.Terminal.Type("y");
            int status = session.Status();
            Assert.Equal(status == 0, machine.Has("saved"));
            Assert.Equal(status == 0, session.Terminal.Shown.Contains("my job is done", StringComparison.Ordinal));
            if (status == 0)
            {
                Assert.Contains("-A INPUT -j new", machine.Saved);
            }
            else
            {
                Assert.Equal(255, status);
                AssertIsBack(before, machine);
            }
        });
    }

    /// <summary>What an administrator far away sees whose own connection the new rules cut.</summary>
    [Theory]
    [InlineData("iptables", "10.0.0.1", "10.0.0.2")]
    [InlineData("ip6tables", "fd00::1", "fd00::2")]
    public void New_rules_that_cut_the_connection_are_gone_in_time_for_it_to_go_on(string program, string here, string there)
    {
        using ApplyMachine machine = Begin(
            program, "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [5:6]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 2222\nCOMMIT\n");
        machine.Write("new", "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT DROP [0:0]\nCOMMIT\n");
        using NetworkNamespace far = new();
        machine.Run($"""
            ip link add eth0 type veth peer name eth0 netns {far.Path}
            ip addr add {here}/{(here[0] == 'f' ? "64 nodad" : "24")} dev eth0
            ip link set eth0 up
            nsenter --net={far.Path} sh -c 'ip addr add {there}/{(here[0] == 'f' ? "64 nodad" : "24")} dev eth0; ip link set eth0 up'
            """);
        IPEndPoint address = new(IPAddress.Parse(here), 2222);
        using TcpListener listener = machine.Network.Run(() =>
        {
            TcpListener made = new(address);
            made.Start();
            return made;
        });
        using TcpClient administrator = far.Run(() => Connect(address));
        using TcpClient login = listener.AcceptTcpClient();
        using ApplySession session = machine.Apply("-t 3 new");
        NetworkStream line = login.GetStream();
        session.Terminal.Heard = piece => line.Write(piece);
        Thread typing = new(() => Forward(line, session.Terminal)) { IsBackground = true };
        typing.Start();

        // The machine asks, but the question cannot leave it; nor does a new connection come in, nor the answer.
        session.Shows(ApplyMachine.Question);
        Assert.Throws<SocketException>(() => far.Run(() => Connect(address, TimeSpan.FromSeconds(1))));
        administrator.GetStream().Write("y"u8);
        Assert.Equal(255, session.Status());

        // The old connection is there again, and tells what has happened.
        string told = "";
        byte[] piece = new byte[4096];
        administrator.ReceiveTimeout = (int)ApplySession.Patience.TotalMilliseconds;
        while (!told.Contains($"Reverting to old iptables rules... done.", StringComparison.Ordinal))
        {
            int count = administrator.GetStream().Read(piece);
            Assert.NotEqual(0, count);
            told += System.Text.Encoding.UTF8.GetString(piece, 0, count);
        }

        Assert.Contains("Timeout!", told);
        Assert.Contains(":FORWARD DROP [5:6]", machine.Saved);
        Assert.Contains("-A INPUT -p tcp -m tcp --dport 2222", machine.Saved);
        using TcpClient again = far.Run(() => Connect(address));
        Assert.True(again.Connected);
    }

    [Fact]
    public void A_table_that_was_not_replaced_goes_on_counting()
    {
        using ApplyMachine machine = Begin(
            rules: "*mangle\n[5:6] -A OUTPUT -o lo -p icmp\nCOMMIT\n*filter\n[7:8] -A FORWARD -s 192.0.2.1\nCOMMIT\n");
        machine.Write("new", "*filter\n-A OUTPUT -o lo -p icmp\nCOMMIT\n");
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        machine.Run("ping -c 1 127.0.0.1");
        session.Terminal.Type("n");
        Assert.Equal(255, session.Status());
        Assert.Contains("[7:174] -A OUTPUT -o lo -p icmp", machine.Saved); // an echo and its reply, of 84 bytes
        Assert.Contains("[7:8] -A FORWARD -s 192.0.2.1/32", machine.Saved);
    }

    /// <summary>Files that are refused, the exit status, and what is said on standard error.</summary>
    [Theory]
    [InlineData("*mangle\n-A INPUT -j ACCEPT\nCOMMIT\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n-A INPUT -j OOPS\n", "iptables-restore: line 7 failed")]
    [InlineData("*raw\n-A OUTPUT -j ACCEPT\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport x -j DROP\nCOMMIT\n", "line: 6")]
    [InlineData("*mangle\n-F\nCOMMIT\n*filter\n-A INPUT -j ACCEPT\n", "COMMIT expected at line 6")]
    [InlineData("*mangle\n-F\nCOMMIT\n*filter\n-A INPUT -j DNAT --to-destination 1.2.3.4\nCOMMIT\n", "iptables-restore: line 6 failed")]
    // What only the kernel knows:
    [InlineData("*mangle\n-F\nCOMMIT\n*raw\n-A OUTPUT -m string --algo nosuch --string x\nCOMMIT\n", "iptables-restore: line 6 failed")]
    [InlineData("*mangle\n-F\nCOMMIT\n*nosuch\nCOMMIT\n", "Error occurred at line: 4")]
    [InlineData("\0\u0001binary\u00ff\u00fe\n", "iptables-restore: line 1 failed")]
    public void A_broken_file_changes_nothing_at_all(string file, string said)
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        machine.Write("new", file);
        (int status, string output, string errors) = machine.Try("iptables-apply -w saved new");
        Assert.Equal(5, status);
        Assert.Equal("Applying new iptables rules from 'new'... failed.\nReverting to old iptables rules... done.\n", output);
        Assert.Contains(said, errors);
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
        Assert.Contains("iptables-restore: line 6 failed", errors);
        Assert.DoesNotContain("Nothing was changed", errors);
        AssertIsBack(before, machine);
    }

    [Fact]
    public void A_file_with_sets_is_applied()
    {
        using ApplyMachine machine = Begin();
        machine.Write("new", "*filter\n-A INPUT -m set --match-set apply src -j ACCEPT\nCOMMIT\n");
        machine.Run("ipset create apply hash:ip && printf y | iptables-apply -t 60 new");
        Assert.Contains("-A INPUT -m set --match-set apply src -j ACCEPT", machine.Saved);
    }

    private const string OnSets = """
        ipset create trusted hash:ip && ipset create banned hash:ip
        iptables -A INPUT -m set --match-set trusted src -j ACCEPT
        iptables -A INPUT -m set --match-set banned src -j DROP
        iptables -A INPUT -j SET --add-set banned src --exist

        """;

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
        Assert.Contains("Error: table filter could not be put back: ", errors);
        Assert.Contains(said, errors);
        Assert.DoesNotContain("match-set", machine.Saved);
        Assert.Contains("-A INPUT -j ACCEPT", machine.Run("iptables-save -t mangle")); // all others are back
    }

    [Theory]
    [InlineData("nft add table ip new")]
    [InlineData("iptables-nft -A INPUT -j ACCEPT")]
    public void A_command_that_changes_nf_tables_is_noticed(string change)
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        machine.Write("change", $"#!/bin/sh\niptables -P INPUT DROP\n{change.Replace("iptables-nft", "/usr/sbin/iptables-nft", StringComparison.Ordinal)} 2>/dev/null\n");
        (int status, string output, string errors) = machine.Try("printf n | iptables-apply -t 60 -c change");
        Assert.Equal(8, status);
        Assert.StartsWith("Warning: nf_tables has been changed, too", errors);
        Assert.Contains("Error: nf_tables has been changed as well, and that cannot be put back; `nft list ruleset' shows it\n", errors);
        Assert.EndsWith("failed.\n", output);
        AssertIsBack(before, machine);
        Assert.Equal(0, machine.Try("printf y | iptables-apply -t 60 -c change").Status);
    }

    [Fact]
    public void A_command_that_only_looks_at_nf_tables_is_not_blamed()
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\niptables -P INPUT DROP\nnft list ruleset >/dev/null\n");
        Assert.Equal((255, ""), machine.Try("printf n | iptables-apply -t 60 -c change") is var (status, _, errors) ? (status, errors) : default);
    }

    /// <summary>Not in the namespace of the machine's processes, where another test may run the same program.</summary>
    [Theory]
    [InlineData("killall -9 iptables-apply")]
    [InlineData("pkill -9 iptables-apply")]
    [InlineData("pkill -9 -f iptables-apply")]
    public void Who_kills_the_program_by_its_name_does_not_kill_the_watchdog(string kill)
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        machine.Run($$"""
            unshare --pid --fork --mount-proc sh -c '
                sleep 60 | iptables-apply -t 60 new &
                until iptables -S INPUT | grep -q DROP; do sleep 0.1; done
                {{kill}} # as its words are those of this shell, it may be the end of that, too
                sleep 2' {{(kill.Contains("-f", StringComparison.Ordinal) ? "|| sleep 2" : "")}}
            """);
        AssertIsBack(before, machine);
    }

    [Fact]
    public void While_one_waits_for_its_answer_another_is_refused()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        string during = machine.Saved;
        foreach (string words in new[] { "new", "-c ./change" })
        {
            machine.Write("change", "#!/bin/sh\niptables -F\n");
            (int status, string output, string errors) = machine.Try($"iptables-apply {words}");
            Assert.Equal((10, ""), (status, output));
            Assert.Matches(
                $@"^Error: another iptables-apply \(process {session.ProcessId}\) waits for its answer; in \d+ s it puts the old rules back\n" +
                $"Hint: .*kill {session.ProcessId}\n$", errors);
        }

        Assert.Equal(during, machine.Saved);
        Assert.Equal(2, machine.Try("ip6tables-apply nosuch").Status); // the other family is another matter
        ApplySession.Signal(session.ProcessId, 15);
        AssertComesBack(before, machine);
        Assert.True(ApplySession.Eventually(() => machine.Try("printf y | iptables-apply new").Status == 0));
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

    [Theory]
    [InlineData("nosuch", 2, "Error: rulesfile not readable: nosuch\nHint: No such file or directory\n")]
    [InlineData(".", 2, "Error: rulesfile not readable: .\nHint: Is a directory\n")]
    [InlineData("$(printf 'caf\\351')", 2, "Error: rulesfile not readable: caf\\xe9\nHint: No such file or directory\n")]
    [InlineData("-c new", 6, "Error: runcmd not executable: new\n")]
    [InlineData("-t 1x new", 1, "Error: timeout must be a positive number\n")]
    [InlineData("-t", 1, "iptables-apply: option requires an argument -- 't'\n")]
    public void What_cannot_be_begun_changes_nothing(string words, int status, string errors)
    {
        using ApplyMachine machine = Begin();
        File.SetUnixFileMode(Path.Combine(machine.Folder, "new"), UnixFileMode.UserRead);
        string before = machine.Saved;
        Assert.Equal((status, "", errors), machine.Try($"iptables-apply {words}"));
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
    [InlineData("printf y | iptables-apply -t 60 -w saved new", 0, true)]
    [InlineData("printf n | iptables-apply -t 60 -w saved new", 255, false)]
    [InlineData("iptables-apply -t 60 -w saved new", 255, false)] // the input ends
    [InlineData("iptables-apply -t 60 -w saved new <&-", 255, false)]
    [InlineData("printf y | iptables-apply -t 0 -w saved new", 255, false)] // no time for an answer
    [InlineData("printf y | iptables-apply -t 60 -w saved new >/dev/full", 1, false)]
    [InlineData("sleep 3 | iptables-apply -t 60 -w saved new | head -c 1 >/dev/null", 0, false)]
    [InlineData("cat new | (sleep 3 | iptables-apply -t 1 -w saved /dev/fd/3) 3<&0", 255, false)] // rules through a pipe
    public void Without_a_terminal_too(string script, int status, bool isKept)
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        Assert.Equal(status, machine.Try(script).Status);
        Assert.Equal(isKept, machine.Has("saved"));
        if (isKept)
        {
            Assert.Contains("-A INPUT -j new", machine.Saved);
        }
        else
        {
            AssertComesBack(before, machine);
        }
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
        AssertNothingIsLeft(machine, "before", "lock", "new");
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
            AssertIsBack(before, machine);
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
        AssertIsBack(before, machine);
    }

    /// <summary>The set that a rule asked for has gone with the rule; nothing can bring both back.</summary>
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
        Assert.Equal("Error: table filter could not be put back: there is no IP set apply any more\nNew rules are still in force there.\n", errors);
        Assert.Contains(":FORWARD DROP [7:4294967296]", machine.Saved); // the other table is back
        Assert.DoesNotContain("-A PREROUTING -i eth8", machine.Saved); // and what was not there before is empty
    }

    [Theory]
    [InlineData(
        "iptables-apply -t 1 new", "<28>iptables-apply",
        "no answer came in time to whether the new rules work: the old rules are in force again")]
    [InlineData(
        "exec 3<&0; ip6tables-apply -t 60 new <&3 & sleep 2; kill -9 $!", "<28>ip6tables-apply",
        "has ended without an answer: the old rules are in force again")]
    public void The_system_log_says_why(string script, string begin, string end)
    {
        using ApplyMachine machine = Begin();
        machine.Write("listen", """
            import os, socket, subprocess, sys
            log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            log.bind("/dev/log")
            log.settimeout(30)
            subprocess.run(["sh", "-c", sys.argv[1]], stdin=os.pipe()[0], stdout=subprocess.DEVNULL)
            print(log.recv(1000).decode())

            """);
        string logged = machine.Run(
            $"unshare -m sh -c 'mount -t tmpfs none /dev && mknod /dev/null c 1 3 && exec python3 listen \"$1\"' sh '{script}'").Trim();
        Assert.StartsWith(begin[..4], logged);
        Assert.Contains($" {begin[4..]}[", logged);
        Assert.EndsWith(end, logged);
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
        AssertComesBack(before, machine);
        Thread.Sleep(2500);
        Assert.False(machine.Has("ended"));
        AssertIsBack(before, machine);
    }

    [Theory]
    [InlineData("iptables-apply -V", "iptables-apply 1.1 -- a safer way to update iptables remotely\n")]
    [InlineData("iptables-apply -t 1x --version", "iptables-apply 1.1 -- a safer way to update iptables remotely\n")]
    [InlineData("ip6tables-apply -h", "ip6tables-apply 1.1 -- a safer way to update iptables remotely\n")]
    [InlineData("ip6tables-apply --help nosuch", "\nUsage: ip6tables-apply [-hV] [-t timeout]")]
    public void Help_and_version_are_on_standard_error(string script, string said)
    {
        using ApplyMachine machine = new();
        (int status, string output, string errors) = machine.Try(script);
        Assert.Equal((0, ""), (status, output));
        Assert.Contains(said, errors);
    }

    /// <summary>What the script that Debian has says and returns, with the legacy programs of the C original, in the same place.</summary>
    [Theory]
    [InlineData("printf y | iptables-apply new")]
    [InlineData("printf 'Yes\\n' | iptables-apply -w saved new; cat saved | grep -v '^#'")]
    [InlineData("printf n | iptables-apply new")]
    [InlineData("printf '\\n' | iptables-apply new")]
    [InlineData("printf ' y' | iptables-apply new")]
    [InlineData("iptables-apply -t +1 new")]
    [InlineData("sleep 3 | iptables-apply -t 1 new")]
    [InlineData("iptables-apply -t 0 new")]
    [InlineData("iptables-apply nosuch")]
    [InlineData("iptables-apply -t abc nosuch")]
    [InlineData("iptables-apply -t '' nosuch")]
    [InlineData("iptables-apply -t -1 nosuch")]
    [InlineData("iptables-apply -t 1.5 nosuch")]
    [InlineData("iptables-apply -t 99999999999999999999 nosuch")]
    [InlineData("iptables-apply -t")]
    [InlineData("iptables-apply -x")]
    [InlineData("iptables-apply --timeou")]
    [InlineData("iptables-apply --nosuch -h")]
    [InlineData("iptables-apply --command=x")]
    [InlineData("iptables-apply broken")]
    [InlineData("iptables-apply -c nosuch")]
    [InlineData("iptables-apply -c /bin/false")]
    [InlineData("printf y | iptables-apply -c ./change")]
    [InlineData("iptables-apply -w nosuch/saved nosuch")]
    [InlineData("ip6tables-apply nosuch")]
    [InlineData("ip6tables-apply broken")]
    public void Says_and_returns_what_the_original_does(string script)
    {
        (int Status, string Output, string FirstError)[] results = new (int, string, string)[2];
        string reference = Directory.CreateTempSubdirectory("sharptables-reference.").FullName;
        try
        {
            foreach (string name in new[] { "iptables", "ip6tables" })
            {
                File.CreateSymbolicLink(Path.Combine(reference, name + "-apply"), $"/usr/sbin/{name}-apply");
                foreach (string part in new[] { "", "-save", "-restore" })
                {
                    File.CreateSymbolicLink(Path.Combine(reference, name + part), $"/usr/sbin/{name}-legacy{part}");
                }
            }

            foreach (string? sbin in new[] { null, reference })
            {
                using ApplyMachine machine = new(sbin: sbin);
                machine.Write("new", "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n");
                machine.Write("broken", "*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j NOSUCH\nCOMMIT\n");
                machine.Write("change", "#!/bin/sh\niptables -A INPUT -j ACCEPT\necho changed\n");
                (int status, string output, string errors) = machine.Try(script);
                results[sbin is null ? 0 : 1] = (status, output, errors.Split('\n')[0].Replace("1.8.10", "1.8.9", StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(reference, recursive: true);
        }

        Assert.Equal(results[1], results[0]);
    }

    private static ApplyMachine Begin(string program = "iptables", string rules = OldRules)
    {
        ApplyMachine machine = new(program);
        machine.Restore(rules);
        machine.Write("new", NewRules);
        return machine;
    }

    /// <summary>The rules are as before; tables that were not there then are empty, and accept.</summary>
    private static void AssertIsBack(string before, ApplyMachine machine) => Assert.Equal(before, WithoutEmptyTables(machine.Saved));

    private static void AssertComesBack(string before, ApplyMachine machine)
    {
        _ = ApplySession.Eventually(() => WithoutEmptyTables(machine.Saved) == before);
        AssertIsBack(before, machine);
    }

    private static string WithoutEmptyTables(string saved) =>
        string.Join("COMMIT\n", saved.Split("COMMIT\n").Where(static table => table.Length == 0 || !IsEmpty(table)));

    private static bool IsEmpty(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .All(static line => line.EndsWith(" ACCEPT [0:0]", StringComparison.Ordinal));

    /// <summary>No file is left behind.</summary>
    private static void AssertNothingIsLeft(ApplyMachine machine, params string[] files) =>
        Assert.Equal(files, Directory.EnumerateFileSystemEntries(machine.Folder)
            .Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    private static TcpClient Connect(IPEndPoint address, TimeSpan? patience = null)
    {
        TcpClient client = new(address.AddressFamily);
        if (!client.ConnectAsync(address).Wait(patience ?? ApplySession.Patience))
        {
            client.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }

        return client;
    }

    private static void Forward(NetworkStream from, PseudoTerminal to)
    {
        byte[] keys = new byte[64];
        try
        {
            for (int count; (count = from.Read(keys)) > 0;)
            {
                to.Type(keys.AsSpan(0, count));
            }
        }
        catch (IOException)
        {
            // the test is over
        }
    }
}
