using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>iptables-apply: the old rules come back, whatever happens, unless the new ones are confirmed in time.</summary>
public class ApplyRollbackTests
{
    private const int Hangup = 1;
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;

    [Fact]
    public void A_terminal_that_hangs_up_puts_the_old_rules_back()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        session.Terminal.HangUp();
        Assert.Contains(session.Status(), (int[])[128 + Hangup, 1]); // the end of the terminal may be read before the signal comes
        machine.AssertComesBack(before);
    }

    [Fact]
    public void So_it_does_where_hanging_up_is_ignored()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new", before: "trap '' HUP;");
        session.Terminal.HangUp();
        machine.AssertComesBack(before);
    }

    [Fact]
    public void Killing_the_program_puts_the_old_rules_back()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        ApplySession.Signal(session.ProcessId, Kill);
        Assert.Equal(128 + Kill, session.Status());
        machine.AssertComesBack(before);
    }

    [Fact]
    public void A_program_that_is_stopped_does_not_stop_the_rollback()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 2 new");
        ApplySession.Signal(session.ProcessId, Stop);
        session.Terminal.Type("y"); // which it cannot read
        machine.AssertComesBack(before);
        ApplySession.Signal(session.ProcessId, Continue);
        Assert.Equal(255, session.Status());
        machine.AssertIsBack(before);
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
        machine.AssertIsBack(before);
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
        machine.AssertIsBack(before);
    }

    [Fact]
    public void A_lock_that_is_never_given_up_does_not_stop_the_rollback()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 1 new");
        machine.Run("flock lock sleep 30 >/dev/null 2>&1 &");
        machine.AssertComesBack(before);
        Assert.Equal(255, session.Status());
    }

    /// <summary>What a remote administrator sees when the new rules cut the connection.</summary>
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

        // The old connection works again, and shows what has happened.
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

    [Theory]
    [InlineData(
        "iptables-apply -t 1 new", "<28>iptables-apply",
        "there was no answer in time to whether the new rules work: the old rules are in force again")]
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

    /// <summary>The interface of the kernel.</summary>
    protected virtual string Through => "legacy";

    private ApplyMachine Begin(string program = "iptables", string rules = ApplyMachine.OldRules) => ApplyMachine.Begin(program, rules, Through);
}
