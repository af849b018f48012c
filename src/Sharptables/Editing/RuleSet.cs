using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Editing;

/// <summary>
/// The tables of a family in memory, such as what a file of rules says. It needs no kernel and no rights: what the kernel would be asked for,
/// such as the number of an IP set, is a name here (<see cref="KeptNames"/>).
/// </summary>
/// <param name="family">The family.</param>
/// <param name="names">What other names in its rules mean; null: what they mean on this machine.</param>
internal sealed class RuleSet(Family family, INames? names = null) : ITables
{
    private readonly List<Table> _tables = [];
    private readonly List<string> _warnings = [];

    /// <summary>Its tables, in the order in which they came.</summary>
    public IReadOnlyList<Table> Tables => _tables;

    /// <summary>What is worth a warning in the text that it was read from, line by line.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc/>
    public ExtensionSet Extensions { get; } = new(family) { Names = new KeptNames(names ?? SystemNames.Instance) };

    /// <inheritdoc/>
    KernelInterface ITables.Interface => family.XTables is null ? KernelInterface.Nft : KernelInterface.Legacy;

    /// <inheritdoc/>
    ModuleAttempt? ITables.Loading => null;

    /// <summary>Reads what iptables-save wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="family">The family that it is for.</param>
    /// <param name="names">What names of hosts, ports, users … in it mean; null: what they mean on this machine.</param>
    /// <exception cref="RestoreException">A line is wrong.</exception>
    public static RuleSet Parse(byte[] text, Family family, INames? names = null)
    {
        RuleSet set = new(family, names);
        RestoreOptions options = new($"{family.Program}-restore") { RestoresCounters = true, MayLackCounters = true };
        try
        {
            using Restore restore = new(set, options, new Output(Output.Nowhere), set._warnings.Add, takeLock: null);
            restore.Run(new LineReader(text));
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Finds a table by its name, or gives null.</summary>
    public Table? Find(ReadOnlySpan<byte> name)
    {
        foreach (Table table in _tables)
        {
            if (name.SequenceEqual(table.Name))
            {
                return table;
            }
        }

        return null;
    }

    /// <summary>Writes all tables as iptables-save does, without its comments.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="showCounters">Whether each rule has its counters in front.</param>
    public void Write(Output output, bool showCounters)
    {
        foreach (Table table in _tables)
        {
            _ = SaveText.Write(table, Extensions, program: null, showCounters, output);
        }
    }

    /// <summary>The text of <see cref="Write"/>, without counters.</summary>
    public override string ToString()
    {
        Output text = new(descriptor: -1);
        Write(text, showCounters: false);
        return Encoding.UTF8.GetString(text.Written);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Table table in _tables)
        {
            table.Dispose();
        }
    }

    /// <inheritdoc/>
    List<byte[]> ITables.NamesInForce() => _tables.ConvertAll(static table => table.Name);

    /// <summary>A copy: an edit that fails leaves the ruleset as it was.</summary>
    Table ITables.Read(ReadOnlySpan<byte> name) => Find(name)?.Copy() ?? Begin(name);

    /// <inheritdoc/>
    Table ITables.ReadEmpty(ReadOnlySpan<byte> name) => Begin(name);

    /// <inheritdoc/>
    void ITables.Complete(Table table, Chain? only)
    {
        // nothing is left open
    }

    /// <inheritdoc/>
    void ITables.Write(Table table)
    {
        Table copy = table.Copy();
        if (Find(table.Name) is { } old)
        {
            _tables[_tables.IndexOf(old)] = copy;
            old.Dispose();
        }
        else
        {
            _tables.Add(copy);
        }
    }

    /// <inheritdoc/>
    void ITables.Describe(ReadOnlySpan<byte> name, Output output)
    {
        // nothing is behind it
    }

    /// <inheritdoc/>
    bool ITables.HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget) => true;

    /// <inheritdoc/>
    ITables? ITables.TryOpenElsewhere() => null;

    /// <summary>A table as a kernel has it in the beginning.</summary>
    private Table Begin(ReadOnlySpan<byte> name)
    {
        BuiltInTable known = BuiltInTable.Named(MessageText.Of(name), family) ?? throw new KernelException("open", Errno.ENOENT);
        Table table = new(name, family, new NativeBuffer(0));
        for (int hook = 0; hook < family.HookNames.Length; hook++)
        {
            if (Array.IndexOf(known.Chains, family.HookNames[hook]) >= 0)
            {
                table.NewBuiltInChain(hook).SetPolicy(Verdict.Accept, default(XtCounters));
            }
        }

        return table;
    }
}
