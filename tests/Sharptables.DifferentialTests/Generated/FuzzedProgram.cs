using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>A program that reads what others have written, and real input to damage.</summary>
/// <param name="Words">How it is called: the program first.</param>
/// <param name="Seeds">Whole inputs.</param>
/// <param name="Statuses">What it may exit with.</param>
/// <param name="IsArgument">Whether the input is its last word, and not its standard input.</param>
/// <param name="End">What follows each input, undamaged.</param>
internal sealed record FuzzedProgram(string[] Words, byte[][] Seeds, int[] Statuses, bool IsArgument = false, string End = "")
{
    /// <summary>How much memory a program may have; most of what it has it never touches.</summary>
    private const long MostMemory = 512 << 20;

    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(3);

    /// <summary>The statuses of iptables.</summary>
    public static readonly int[] UsualStatuses = [0, 1, 2, 3, 4];

    private static readonly byte[][] s_rules4 = Rulesets("iptables");
    private static readonly byte[][] s_rules6 = Rulesets("ip6tables");

    private static readonly string[] s_filters =
    [
        "ip6 and tcp dst port 22 or udp portrange 33434-33523", "src net 192.168.0.0/16 and not dst host 10.0.0.2", "ip[6:2] & 0x1fff != 0",
        "tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420", "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", "len >= 576 and icmp[icmptype] = 8",
        "ip and (host 10.0.0.1 or host 10.0.0.2 or host 10.0.0.3) and not port 80", "vlan 3 and ether host 02:00:00:00:00:01",
    ];

    /// <summary>Lines of pf.os in each spelling of the format.</summary>
    private const string Fingerprints = """
        # a comment
        S4:64:1:60:M*,S,T,N,W0:Test1:2.6:sub:Linux 2.6 (details)
        T4:64:0:60:M1460,S,T0,N,W%12:	Test2:1::
        *:64:0:60:M%1460,N,W*:		@Test3:2:x:about so
        %8192:255:0:40:.:*Test4:3::one that hides
        65535:128:1:48:M*,N,N,S:Test5:XP:SP1:
        16 :32 :1 :44 : M536 , N, E :Test7 :4 :x : d
        45046:*:*:*:N,N,N,N,N,N,N,N,N,N,T,T,T:-Test8:*:@:d

        """;

    // The kernel has one list of fingerprints for all namespaces. Of a file with a wrong line nothing is sent.
    private const string NoFingerprint = "\nnone\n";

    /// <summary>All of them, by a name for each.</summary>
    public static IReadOnlyDictionary<string, FuzzedProgram> All { get; } = new Dictionary<string, FuzzedProgram>
    {
        ["iptables-restore"] = new(["iptables-restore"], s_rules4, UsualStatuses),
        ["iptables-restore-counters"] = new(["iptables-restore", "-c", "-n", "-v"], s_rules4, UsualStatuses),
        ["iptables-restore-test"] = new(["iptables-restore", "--test"], s_rules4, UsualStatuses),
        ["ip6tables-restore"] = new(["ip6tables-restore"], s_rules6, UsualStatuses),
        ["ip6tables-restore-test"] = new(["ip6tables-restore", "--test"], s_rules6, UsualStatuses),
        ["iptables-xml"] = new(["iptables-xml", "-c"], [.. s_rules4, .. s_rules6], UsualStatuses),
        ["nfnl_osf"] = new(["nfnl_osf", "-f", "/dev/stdin"], [Encoding.Latin1.GetBytes(Fingerprints)], [234, 255], End: NoFingerprint),
        ["nfbpf_compile"] = new(
            ["nfbpf_compile", "EN10MB"], [.. s_filters.Select(Encoding.Latin1.GetBytes)], UsualStatuses, IsArgument: true),
    };

    /// <summary>A damaged input: the same for the same seed.</summary>
    public byte[] Input(int seed)
    {
        Random random = new(seed);
        byte[] damaged = new Mutator(random).Damage(Seeds[random.Next(Seeds.Length)], Seeds[random.Next(Seeds.Length)]);
        return [.. damaged.Where(b => b != 0 || !IsArgument), .. Encoding.Latin1.GetBytes(End)];
    }

    /// <summary>Where it is tried, with its limit of memory.</summary>
    public static Machine NewMachine() => new(ProgramSet.Ours) { MemoryLimit = MostMemory };

    /// <summary>What is wrong with the way a run ended; null if nothing is.</summary>
    public static string? Complaint(CommandResult result, int[] statuses) => result switch
    {
        { TimedOut: true } => "hangs",
        _ when result.Stderr.Contains("Unhandled", StringComparison.Ordinal) || result.Stderr.Contains("   at ", StringComparison.Ordinal)
            || result.Stderr.Contains("Exception", StringComparison.Ordinal) => "an exception got through",
        _ when !statuses.Contains(result.ExitStatus) => "dies of a signal, or has a status of no meaning",
        { ExitStatus: not 0, Stderr: "" } => "fails and does not say why",
        _ when result.ProcessorTime > s_mostTime => $"takes {result.ProcessorTime.TotalSeconds:F1} s",
        _ when result.Stderr.Contains("Cannot allocate memory", StringComparison.Ordinal) => $"takes more than {MostMemory >> 20} MiB",
        _ => null,
    };

    /// <summary>The rulesets, and for each table one of all rules of the extensions' .spec files, in handy pieces.</summary>
    private static byte[][] Rulesets(string program)
    {
        const int Piece = 40; // lines
        IEnumerable<string> files = RulesetFiles.All.Concat(RulesetFiles.Refused).Where(f => RulesetFiles.Family(f.Key) == program)
            .SelectMany(static f => Tables(RulesetFiles.Text(f.Value)));
        IEnumerable<string> specs = SpecFile.Cases
            .Where(line => line.Program == program && line.IsTaken && line.Setup.Count == 0)
            .GroupBy(static line => line.Table)
            .SelectMany(static table => table.Select(static line => $"-A {line.Chain} {line.Rule}\n").Chunk(Piece / 4)
                .Select(rules => $"*{table.Key}\n{string.Concat(rules)}COMMIT\n"));
        return [.. files.Concat(specs).Select(Encoding.Latin1.GetBytes)];

        // From its line with a star to COMMIT, without the middle of a long one.
        static IEnumerable<string> Tables(string text)
        {
            foreach (string table in text.Split("\n*").Select(static (t, i) => i == 0 ? t : "*" + t))
            {
                string[] lines = table.Split('\n');
                yield return string.Join('\n', lines.Length > 2 * Piece ? [.. lines[..Piece], .. lines[^Piece..]] : lines);
            }
        }
    }
}
