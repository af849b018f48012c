using System.Text.Json;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary><c>sharptables explain</c>: what it takes, what it says, and with which status it ends.</summary>
public sealed class ExplainTests
{
    private const string Rules = """
        *filter
        :INPUT DROP [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        -A INPUT -i lo -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 113 -j REJECT
        -A INPUT -m mark --mark 0x7 -j ACCEPT
        COMMIT
        *mangle
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -s 192.0.2.7/32 -j MARK --set-xmark 0x7/0xffffffff
        COMMIT

        """;

    private const string Udp = "4500001c000040004011b66ac0000201c63364019c40003500080000";

    [Theory]
    [InlineData("-i wan0 -p tcp --dport 22", 0, "ACCEPT by rule 2 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT")]
    [InlineData("-i wan0 -p tcp --dport 113", 1, "REJECT by rule 3 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 113 -j REJECT --reject-with icmp-port-unreachable")]
    [InlineData("-i wan0 -s 192.0.2.1 -p udp --mark 0", 1, "DROP by the policy of INPUT (filter)")]
    [InlineData("-i wan0 -s 192.0.2.7 -p udp", 0, "ACCEPT by rule 4 of INPUT (filter): -A INPUT -m mark --mark 0x7 -j ACCEPT")]
    [InlineData("-i wan0 -p udp --mark 7", 0, "ACCEPT by rule 4 of INPUT (filter): -A INPUT -m mark --mark 0x7 -j ACCEPT")]
    [InlineData("-i wan0 -p udp", 2, "ACCEPT or DROP: that depends on what is not known")]
    [InlineData("-i wan0 -p tcp --dport 22 --expect DROP", 1, "ACCEPT by rule 2 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT")]
    [InlineData("-i wan0 -p tcp --dport 113 --expect block", 0, "REJECT by rule 3 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 113 -j REJECT --reject-with icmp-port-unreachable")]
    public void The_first_line_and_the_status_are_the_answer(string packet, int status, string first)
    {
        CommandResult result = Explain(packet);
        Assert.Equal((status, first, ""), (result.ExitStatus, result.Stdout.Split('\n')[0].Split("  [")[0], result.Stderr));
    }

    [Fact]
    public void The_line_of_the_file_stands_behind_the_rule() =>
        Assert.EndsWith(":6]", Explain("-i wan0 -p tcp --dport 22").Stdout.Split('\n')[0], StringComparison.Ordinal);

    [Fact]
    public void Verbose_tells_of_each_rule_that_leaves_the_packet_the_first_condition_that_fails()
    {
        string said = Explain("-v -i wan0 -s 192.0.2.1 -p tcp --dport 23 --mark 0").Stdout;
        Assert.Contains("not rule 2: -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n      --dport 22: it has 23\n", said, StringComparison.Ordinal);
        Assert.Contains("not rule 1: -A INPUT -i lo -j ACCEPT\n      -i lo: it has wan0\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_verdict_the_rule_and_what_changed()
    {
        CommandResult result = Explain("--json -i wan0 -s 192.0.2.7 -p udp");
        JsonElement packet = JsonDocument.Parse(result.Stdout).RootElement.GetProperty("packets")[0];
        Assert.Equal("passes", packet.GetProperty("answer").GetString());
        JsonElement only = Assert.Single(packet.GetProperty("cases").EnumerateArray());
        Assert.Equal((4, 8), (only.GetProperty("rule").GetProperty("number").GetInt32(), only.GetProperty("rule").GetProperty("line").GetInt32()));
        Assert.Equal("0x7", only.GetProperty("changed").GetProperty("mark").GetString());
    }

    [Fact]
    public void A_packet_is_read_from_hexadecimal_digits_and_from_what_tcpdump_writes()
    {
        CommandResult result = Explain("--hex --forward -i lan0 -o wan0", Udp);
        Assert.Equal((0, "ACCEPT by the policy of FORWARD (filter)"), (result.ExitStatus, result.Stdout.Split('\n')[0]));
        using TemporaryFolder folder = new();
        byte[] bytes = Convert.FromHexString(Udp);
        string file = folder.Write("two.pcap", "");
        File.WriteAllBytes(file, [.. Convert.FromHexString("d4c3b2a1020004000000000000000000ffff000065000000"), .. Record(bytes), .. Record(bytes)]);
        Assert.Equal("packet 1: ACCEPT by the policy of FORWARD (filter)\npacket 2: ACCEPT by the policy of FORWARD (filter)\n", Explain($"--pcap {file} --forward -i lan0 -o wan0").Stdout);
        Assert.Equal((3, "sharptables explain v1.8.10: there are only 2 packets in it"), Failure(Explain($"--pcap {file} --number 3 --forward")));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..50]);
        Assert.Equal((3, "sharptables explain v1.8.10: it is cut off within a packet"), Failure(Explain($"--pcap {file} --forward")));

        static byte[] Record(byte[] bytes) => [.. new byte[8], .. BitConverter.GetBytes(bytes.Length), .. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    [Theory]
    [InlineData("-p tcp --dport 22x", "sharptables explain v1.8.10: invalid port/service `22x' specified")]
    [InlineData("-p tcp --nonsense 1", "sharptables explain v1.8.10: unknown option \"--nonsense\"")]
    [InlineData("-p tcp -j DROP", "sharptables explain v1.8.10: a packet has no target: leave out -j and -g")]
    [InlineData("-p tcp --dport 22 -m limit --limit 3/s", "sharptables explain v1.8.10: --limit is nothing that a packet has")]
    [InlineData("--mark 1 -m connmark --mark 2 -m mark --mark 3", "sharptables explain v1.8.10: --mark contradicts what else is said of the packet")]
    [InlineData("--expect maybe", "sharptables explain: --expect maybe: it is one of ACCEPT, DROP, REJECT, BLOCK, UNKNOWN")]
    [InlineData("--routes /nonexistent", "sharptables explain v1.8.10: cannot open /nonexistent: No such file or directory")]
    [InlineData("--rules", "sharptables explain: option '--rules' requires an argument")]
    public void A_wrong_question_has_one_error_and_status_3(string packet, string error) => Assert.Equal((3, error), Failure(Explain(packet)));

    [Fact]
    public void Rules_in_force_and_the_kernels_routes_are_asked_where_no_file_is_named()
    {
        using NetworkNamespace network = new();
        string[] said = network.Run(() =>
        {
            Must("ip", "link", "set", "lo", "up");
            Must("ip", "link", "add", "wan0", "type", "veth", "peer", "name", "far0");
            Must("ip", "address", "add", "192.0.2.1/24", "dev", "wan0");
            Must("ip", "link", "set", "wan0", "up");
            Must(Path.Combine(Workspace.Sbin, "iptables-legacy"), "-A", "INPUT", "-p", "tcp", "--dport", "22", "-j", "DROP");
            return (string[])
            [
                Ask("-i wan0 -s 192.0.2.9 -d 192.0.2.1 -p tcp --dport 22 --ctstate NEW"), Ask("-i wan0 -s 192.0.2.9 -d 192.0.2.1 -p tcp --dport 23 --ctstate NEW"),
                Ask("--local -d 203.0.113.1 -p tcp --dport 23 --ctstate NEW"), Ask("--local -d 127.0.0.1 -p tcp --dport 22 --ctstate NEW"),
            ];
        });
        Assert.Equal(
            ["1 DROP by rule 1 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 22 -j DROP", "0 ACCEPT by the policy of INPUT (filter)",
                "1 DROP: the kernel has no route for it", "1 DROP by rule 1 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 22 -j DROP"],
            said);

        static string Ask(string packet)
        {
            CommandResult result = new Command(Path.Combine(Workspace.Sbin, "sharptables"), ["explain", .. packet.Split(' ')]).Run();
            return $"{result.ExitStatus} {result.Stdout.Split('\n')[0]}{result.Stderr}";
        }
    }

    private static void Must(params string[] words) => Assert.Equal("", new Command(words[0], words[1..]).Run().Stderr);

    private static (int Status, string Error) Failure(CommandResult result) => (result.ExitStatus, result.FirstError);

    private static CommandResult Explain(string packet, string stdin = "")
    {
        using TemporaryFolder folder = new();
        string way = packet.Contains("--forward", StringComparison.Ordinal) ? "" : "--to-local";
        return new Command(Path.Combine(Workspace.Sbin, "sharptables"), ["explain", "--rules", folder.Write("rules", Rules), .. $"{way} {packet}".Split(' ', StringSplitOptions.RemoveEmptyEntries)]) { Stdin = stdin }.Run();
    }
}
