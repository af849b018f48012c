using System.Text;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Tests.Backends.Legacy;
using Sharptables.Text;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>A table in memory that commands are run on, without a kernel.</summary>
internal sealed class TableUnderTest : IDisposable
{
    private readonly CommandLine _commandLine;
    private readonly Command _command;
    private readonly FakeTables _tables;
    private readonly TableCommands _commands;

    /// <param name="table">A table that kernels have; it begins empty.</param>
    /// <param name="family">The family.</param>
    /// <param name="hasOnly">Which revisions the kernel has that it is for; null: all.</param>
    /// <param name="names">What names mean; null: what they mean to the system, and any name is an IP set's.</param>
    public TableUnderTest(string table, Family family, Func<string, byte, bool, bool>? hasOnly = null, INames? names = null)
    {
        _tables = new FakeTables(family, names ?? new KeptNames(SystemNames.Instance)) { HasOnly = hasOnly ?? (static (_, _, _) => true) };
        Table = _tables.ReadEmpty(Encoding.ASCII.GetBytes(table));
        foreach (Chain chain in Table.Chains)
        {
            chain.SetPolicy(Verdict.Accept, default(XtCounters));
        }

        _command = new Command(family) { Table = Table.Name };
        _commandLine = new CommandLine(Extensions) { Warn = Warnings.Add };
        _commands = new TableCommands(Table, _tables, Output, Warnings.Add);
    }

    public Table Table { get; }

    public ExtensionSet Extensions => _tables.Extensions;

    public Output Output { get; } = new(descriptor: -1);

    public List<string> Warnings { get; } = [];

    public void Dispose() => Table.Dispose();

    /// <summary>Runs a command whose words have no blanks in them.</summary>
    public void Run(string command, int line = 0) => Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), line);

    public void Run(IEnumerable<string> words, int line = 0)
    {
        Words split = new();
        foreach (string word in words)
        {
            split.Add(Encoding.Latin1.GetBytes(word));
        }

        Run(split, line);
    }

    public void Run(Words words, int line = 0)
    {
        _commands.Line = line;
        _ = _commandLine.Parse(words, _command);
        _ = _commands.Run(_command);
    }

    /// <summary>Puts the rules into the revisions that the kernel has, as writing the table does.</summary>
    public void Narrow() => Narrowing.Apply(Table, _tables);

    /// <summary>Takes the chains and rules of what iptables-save wrote, as iptables-restore does.</summary>
    public void Restore(string saved)
    {
        SaveReader line = new(new LineReader(Encoding.Latin1.GetBytes(saved)), "tests");
        while (line.Read())
        {
            if (line.Kind == SaveLine.Chain)
            {
                ReadOnlySpan<byte> name = line.ReadChainName();
                _ = Table.Find(name) ?? Table.AddChain(name);
                string policy = Encoding.Latin1.GetString(line.ReadPolicy());
                _ = policy is "-" or "ACCEPT" or "DROP" ? policy : throw new UsageException($"no policy: {policy}");
            }
            else if (line.Kind == SaveLine.Rule)
            {
                Words words = new();
                RestoreWords.Split(line.ReadRule(out _, out _), words);
                Run(words);
            }
        }
    }

    /// <summary>Every rule as a command, as <c>-S</c> has it.</summary>
    public string[] Rules() => [.. Table.Chains.SelectMany(Rules)];

    public string[] Rules(Chain chain)
    {
        Output text = new(descriptor: -1);
        RuleText writer = new(Table, Extensions, text);
        foreach (Rule rule in Table.Rules(chain))
        {
            writer.Write(chain, rule, showCounters: false);
        }

        return Encoding.Latin1.GetString(text.Written).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The bytes of every rule of a chain.</summary>
    public List<byte[]> Bytes(Chain chain)
    {
        List<byte[]> bytes = [];
        foreach (Rule rule in Table.Rules(chain))
        {
            bytes.Add(rule.Bytes.ToArray());
        }

        return bytes;
    }
}
