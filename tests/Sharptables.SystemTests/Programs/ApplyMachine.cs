using System.Diagnostics;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>A machine in a network namespace of its own whose rules are changed by iptables-apply, with a folder to work in.</summary>
internal sealed class ApplyMachine : IDisposable
{
    public const string Question = "Can you establish NEW connections to the machine? (y/N) ";

    /// <summary>Chains of users, jumps, policies and counters of any size, in more than one table.</summary>
    public const string OldRules = """
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

    private readonly IReadOnlyList<string> _variables;

    /// <param name="program">iptables or ip6tables.</param>
    /// <param name="sbin">Where the programs are, if not those under test.</param>
    /// <param name="through">The interface of the kernel: legacy or nft.</param>
    public ApplyMachine(string program = "iptables", string? sbin = null, string through = "legacy")
    {
        Program = program;
        _variables = [.. Command.ProgramsUnderTest(Path.Combine(Folder, "lock"), sbin), $"SHARPTABLES_INTERFACE={through}"];
        Run("ip link set lo up");
    }

    /// <summary>A machine with old rules in force, and a file with new ones.</summary>
    public static ApplyMachine Begin(string program = "iptables", string rules = OldRules, string through = "legacy")
    {
        ApplyMachine machine = new(program, through: through);
        machine.Restore(rules);
        machine.Write("new", NewRules);
        return machine;
    }

    public string Program { get; }

    public NetworkNamespace Network { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("sharptables-apply.").FullName;

    /// <summary>What is in force, with counters: all but the comments of iptables-save.</summary>
    public string Saved => SavedBy(Program);

    /// <summary>The same of either family.</summary>
    public string SavedBy(string program) => Uncommented(Run($"{program}-save -c"));

    public static string Uncommented(string saved) => string.Join('\n', saved.Split('\n').Where(static line => !line.StartsWith('#')));

    /// <summary>Writes a file in the folder.</summary>
    public void Write(string name, string content)
    {
        File.WriteAllText(Path.Combine(Folder, name), content);
        File.SetUnixFileMode(Path.Combine(Folder, name), (UnixFileMode)0x1ed /* 0755 */);
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public bool Has(string name) => File.Exists(Path.Combine(Folder, name));

    /// <summary>Puts rules in force.</summary>
    public void Restore(string rules)
    {
        Write("before", rules);
        Run($"{Program}-restore -c before");
    }

    /// <summary>The standard output of shell commands that have to succeed.</summary>
    public string Run(string script)
    {
        (int status, string output, string errors) = Try(script);
        Assert.True(status == 0, $"{script}\nexit status {status}\n{errors}{output}");
        return output;
    }

    /// <summary>Runs shell commands, without a terminal and without input.</summary>
    public (int Status, string Output, string Errors) Try(string script) =>
        Network.Run(new Command("sh", "-c", script) { Variables = _variables, Folder = Folder }.Run).Said;

    /// <summary>Starts iptables-apply on a terminal of its own.</summary>
    /// <param name="words">The words behind its name, for the shell.</param>
    /// <param name="before">What the shell does before.</param>
    public ApplySession Apply(string words, string before = "")
    {
        PseudoTerminal terminal = new();
        string script = $"{before} exec setsid -c {Program}-apply {words} 0<>{terminal.Path} 1>&0 2>&0";
        ProcessStartInfo start = new("sh", ["-c", script]) { WorkingDirectory = Folder };
        foreach (string[] variable in _variables.Select(static v => v.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        return new ApplySession(terminal, Network.Run(() => Process.Start(start)!));
    }

    /// <summary>Starts it, and waits until the new rules are in force and it asks.</summary>
    public ApplySession ApplyAndAwaitQuestion(string words, string before = "")
    {
        ApplySession session = Apply(words, before);
        session.Shows(Question);
        return session;
    }

    /// <summary>The rules are as before; tables that were not there then are empty, and accept.</summary>
    public void AssertIsBack(string before) => Assert.Equal(before, WithoutEmptyTables(Saved));

    /// <summary>Waits until that is so.</summary>
    public void AssertComesBack(string before) => AssertComesBack(before, Program);

    /// <summary>The same of either family.</summary>
    public void AssertComesBack(string before, string program)
    {
        _ = ApplySession.Eventually(() => WithoutEmptyTables(SavedBy(program)) == before);
        Assert.Equal(before, WithoutEmptyTables(SavedBy(program)));
    }

    /// <summary>The folder has these files, and no other was left behind.</summary>
    public void AssertHoldsOnly(params string[] files) =>
        Assert.Equal(files, Directory.EnumerateFileSystemEntries(Folder)
            .Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    public void Dispose()
    {
        Network.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string WithoutEmptyTables(string saved) =>
        string.Join("COMMIT\n", saved.Split("COMMIT\n").Where(static table => table.Length == 0 || !IsEmpty(table)));

    private static bool IsEmpty(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .All(static line => line.EndsWith(" ACCEPT [0:0]", StringComparison.Ordinal));
}
