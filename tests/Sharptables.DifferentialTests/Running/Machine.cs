using Sharptables.Testing;

namespace Sharptables.DifferentialTests.Running;

/// <summary>A machine of one side of a comparison: a network namespace of its own with the side's programs, and their lock file.</summary>
public sealed class Machine : IDisposable
{
    private readonly IReadOnlyList<string> _variables;

    public Machine(ProgramSet programs, string? lockFile = null)
    {
        Programs = programs;
        LockFile = lockFile ?? ProgramSet.NewLockFile();
        _variables = programs.Environ(LockFile);
    }

    public NetworkNamespace Network { get; } = new();

    public ProgramSet Programs { get; }

    public string LockFile { get; }

    /// <summary>How many bytes of memory that it can write to a program may have, used or not; null for no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Runs a shell line inside, the side's programs first in PATH.</summary>
    public CommandResult Shell(string line, string stdin = "", int timeoutSeconds = 60) =>
        Run("sh", ["-c", line], _variables, stdin, timeoutSeconds);

    /// <summary>Runs a shell line inside with another side's programs, sharing this namespace and lock file.</summary>
    public CommandResult ShellWith(ProgramSet programs, string line, string stdin = "", int timeoutSeconds = 60) =>
        Run("sh", ["-c", line], programs.Environ(LockFile), stdin, timeoutSeconds);

    /// <summary>Runs one of the side's programs with words as they are (one char a byte), no shell between.</summary>
    public CommandResult Program(string name, IEnumerable<string> words, string stdin = "", int timeoutSeconds = 60) =>
        Run(name, words, _variables, stdin, timeoutSeconds);

    /// <summary>Starts one of the side's programs and kills it when <paramref name="after"/> has passed, if it still runs.</summary>
    public CommandResult Killed(string name, IEnumerable<string> words, string stdin, TimeSpan after) =>
        Run(name, words, _variables, stdin, 60, after);

    /// <summary>Every table of both families that this machine holds, by "family table", as the kernel gives it.</summary>
    public IReadOnlyDictionary<string, RawTable> ReadTables() => Network.Run(RawTable.ReadAll);

    /// <summary>What nf_tables holds here for both families, see <see cref="NftRules.Read"/>.</summary>
    public IReadOnlyList<string> ReadRules(bool counters) => Network.Run(() => NftRules.Read(counters));

    public void Dispose()
    {
        Network.Dispose();
        File.Delete(LockFile);
    }

    private CommandResult Run(
        string program, IEnumerable<string> words, IReadOnlyList<string> variables, string stdin, int timeoutSeconds, TimeSpan? killedAfter = null) =>
        Network.Run(new Command(program, words)
        {
            Variables = variables,
            Stdin = stdin,
            Patience = TimeSpan.FromSeconds(timeoutSeconds),
            KilledAfter = killedAfter,
            MemoryLimit = MemoryLimit,
        }.Run);
}
