using System.Diagnostics;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>A machine in a network namespace of its own whose rules are changed by iptables-apply, with a folder to work in.</summary>
internal sealed class ApplyMachine : IDisposable
{
    public const string Question = "Can you establish NEW connections to the machine? (y/N) ";

    private readonly IReadOnlyList<string> _variables;

    /// <param name="program">iptables or ip6tables.</param>
    /// <param name="sbin">Where the programs are, if not those under test.</param>
    public ApplyMachine(string program = "iptables", string? sbin = null)
    {
        Program = program;
        _variables = Command.ProgramsUnderTest(Path.Combine(Folder, "lock"), sbin);
        Run("ip link set lo up");
    }

    public string Program { get; }

    public NetworkNamespace Network { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("sharptables-apply.").FullName;

    /// <summary>What is in force, with counters: all but the comments of iptables-save.</summary>
    public string Saved => Uncommented(Run($"{Program}-save -c"));

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

    public void Dispose()
    {
        Network.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
