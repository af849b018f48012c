using System;
using System.Collections.Generic;
using Sharptables.Backends.Legacy;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Native;

/// <summary>
/// A table that a C program has open: the handle of libip4tc and libip6tc. What the functions give, and which errors there are, is what the
/// original's are seen to do. It is used by one thread at a time.
/// </summary>
internal sealed class OpenTable : IDisposable
{
    private readonly LegacyTables _tables;
    private readonly Table _table;
    private bool _isChanged;
    private Chain? _chain; // the one given last
    private RuleWalk _rules;

    /// <summary>Reads a table. No module is loaded for it, and no process started: that is the program's own business.</summary>
    /// <exception cref="KernelException">There is no such table (ENOENT), or this process may not see it (EPERM).</exception>
    public OpenTable(Family family, ReadOnlySpan<byte> name)
    {
        _tables = new LegacyTables(new ExtensionSet(family)) { LoadsModules = false };
        try
        {
            _table = _tables.Read(name);
        }
        catch
        {
            _tables.Dispose();
            throw;
        }
    }

    /// <summary>What the program was given.</summary>
    public GivenOut Given { get; } = new();

    /// <summary>How the family lays out a rule.</summary>
    public RuleLayout Layout => _table.Layout;

    /// <summary>Puts the table into force if anything was changed. It can be read afterwards as before.</summary>
    public void Commit()
    {
        if (_isChanged)
        {
            _tables.WriteCopy(_table);
        }
    }

    /// <summary>A chain by name.</summary>
    /// <exception cref="TableException">There is none.</exception>
    public Chain Get(ReadOnlySpan<byte> chain) => _table.Get(chain);

    /// <summary>Whether a chain is built in; null when there is none of the name.</summary>
    public bool? IsBuiltIn(ReadOnlySpan<byte> chain) => _table.Find(chain)?.IsBuiltIn;

    /// <summary>The first chain, and the walk begins there.</summary>
    public Chain? FirstChain() => _chain = _table.Chains is [{ } first, ..] ? first : null;

    /// <summary>The chain that follows the one given last, whatever chains have come and gone meanwhile.</summary>
    public Chain? NextChain()
    {
        if (_chain is null)
        {
            return null;
        }

        IReadOnlyList<Chain> chains = _table.Chains;
        int low = 0, high = chains.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ChainList.Compare(chains[middle], _chain) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return _chain = low < chains.Count ? chains[low] : null;
    }

    /// <summary>The first rule of a chain, and the walk begins there; 0 when the chain is empty.</summary>
    public nint FirstRule(ReadOnlySpan<byte> chain)
    {
        _rules = new RuleWalk(_table.Get(chain));
        return NextRule();
    }

    /// <summary>The rule that follows the one given last; 0 at the end.</summary>
    public nint NextRule() => _rules.MoveNext(_table) ? Given.Rule(_table, _table.Runs[_rules.Run], _rules.Offset, _rules.Length) : 0;

    /// <summary>The chain that a verdict leads to, or null.</summary>
    public Chain? JumpTarget(int verdict) => _table.JumpTarget(verdict);

    /// <summary>Where a rule's counters stand.</summary>
    /// <exception cref="TableException">There is no such chain or rule.</exception>
    public nint Counters(ReadOnlySpan<byte> chain, uint number)
    {
        Chain of = _table.Get(chain);
        ref Run run = ref _table.Runs[_table.Runs.Locate(of, Number(of, number), out int offset)];
        return Given.Rule(_table, run, offset, _table.Runs.LengthAt(run, offset)) + _table.Layout.Counters;
    }

    /// <summary>Sets a rule's counters.</summary>
    /// <exception cref="TableException">There is no such chain or rule.</exception>
    public void SetCounters(ReadOnlySpan<byte> chain, uint number, XtCounters counters)
    {
        Chain of = _table.Get(chain);
        int rule = Number(of, number);
        _table.SetCounters(of, rule, counters);
        Change(of, rule, 0);
    }

    /// <summary>Sets a rule's counters to zero. Those that the kernel has are read as they were until the table is in force.</summary>
    /// <exception cref="TableException">There is no such chain or rule.</exception>
    public void Zero(ReadOnlySpan<byte> chain, uint number)
    {
        Chain of = _table.Get(chain);
        int rule = Number(of, number);
        _table.Zero(of, rule);
        Change(of, rule, 0);
    }

    /// <summary>Sets the counters of all rules and of the policy to zero.</summary>
    public void Zero(ReadOnlySpan<byte> chain)
    {
        Chain of = _table.Get(chain);
        _table.Zero(of);
        Change(of, 0, 0);
    }

    /// <summary>Sets a policy, and its counters unless they shall stay.</summary>
    /// <exception cref="KernelException">No built-in chain (ENOENT); neither ACCEPT nor DROP (EINVAL).</exception>
    public void SetPolicy(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> policy, XtCounters? counters)
    {
        Chain of = _table.Get(chain);
        if (!of.IsBuiltIn)
        {
            throw new TableException(TableError.NoSuchChain);
        }

        if (!StandardVerdict.TryParse(policy, out int verdict) || verdict is not (Verdict.Accept or Verdict.Drop))
        {
            throw new KernelException("set_policy", Errno.EINVAL);
        }

        of.SetPolicy(verdict, counters);
        _isChanged = true;
    }

    /// <summary>Inserts a rule in front of the one that has a number.</summary>
    public void Insert(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> entry, uint number)
    {
        Chain of = _table.Get(chain);
        int before = number == (uint)of.RuleCount ? of.RuleCount : Number(of, number);
        _table.Insert(of, before, Take(entry));
        Change(of, before, 1);
    }

    /// <summary>Appends a rule.</summary>
    public void Append(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> entry)
    {
        Chain to = _table.Get(chain);
        _table.Append(to, Take(entry));
        Change(to, to.RuleCount - 1, 1);
    }

    /// <summary>Puts a rule in the place of another.</summary>
    public void Replace(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> entry, uint number)
    {
        Chain of = _table.Get(chain);
        int rule = Number(of, number);
        _table.Insert(of, rule, Take(entry));
        _table.Delete(of, rule + 1);
        Change(of, rule, 0);
    }

    /// <summary>Finds the first rule that is equal to an entry wherever the mask, if there is one, is not 0, and perhaps deletes it.</summary>
    /// <exception cref="TableException">There is no such chain or rule.</exception>
    public void FindEqual(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> mask, bool deletes)
    {
        Chain of = _table.Get(chain);
        Rule wanted = new(Take(entry), _table.Layout);
        int number = 0;
        foreach (Rule rule in _table.Rules(of))
        {
            if (AreEqual(rule, wanted, mask))
            {
                if (deletes)
                {
                    _table.Delete(of, number);
                    Change(of, number, -1);
                }

                return;
            }

            number++;
        }

        throw new TableException(TableError.NoSuchRule);
    }

    /// <summary>Deletes a rule by number.</summary>
    public void Delete(ReadOnlySpan<byte> chain, uint number)
    {
        Chain of = _table.Get(chain);
        int rule = Number(of, number);
        _table.Delete(of, rule);
        Change(of, rule, -1);
    }

    /// <summary>Deletes all rules of a chain; if it has none, nothing changes.</summary>
    public void Flush(ReadOnlySpan<byte> chain)
    {
        Chain of = _table.Get(chain);
        int count = of.RuleCount;
        if (count > 0)
        {
            _table.Flush(of);
            Change(of, 0, -count);
        }
    }

    /// <summary>Makes a chain. An empty name is taken, and what the kernel would cut off.</summary>
    /// <exception cref="TableException">There is one, or the name is a verdict's.</exception>
    public void CreateChain(ReadOnlySpan<byte> chain)
    {
        if (StandardVerdict.TryParse(chain, out _))
        {
            throw new TableException(TableError.ChainExists);
        }

        _table.AddChain(chain);
        _isChanged = true;
    }

    /// <summary>Deletes a chain that is empty and not in use.</summary>
    public void DeleteChain(ReadOnlySpan<byte> chain)
    {
        _table.DeleteChain(_table.Get(chain));
        _isChanged = true;
    }

    /// <summary>Gives a chain another name.</summary>
    public void RenameChain(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (_table.Find(to) is not null || StandardVerdict.TryParse(to, out _))
        {
            throw new TableException(TableError.ChainExists);
        }

        Chain chain = _table.Get(from);
        if (chain.IsBuiltIn)
        {
            throw new TableException(TableError.NoSuchChain);
        }

        _table.RenameChain(chain, to);
        _isChanged = true;
    }

    /// <summary>How many rules jump to a chain; none to a built-in one.</summary>
    public int References(ReadOnlySpan<byte> chain) => _table.References(_table.Get(chain));

    /// <summary>Writes the table as it was read, entry by entry.</summary>
    public void Describe(Output output) => LegacyTables.Describe(_table, output);

    /// <inheritdoc/>
    public void Dispose()
    {
        Given.Dispose();
        _table.Dispose();
        _tables.Dispose();
    }

    private void Change(Chain chain, int number, int count)
    {
        _rules.Follow(chain, number, count);
        _isChanged = true;
    }

    private static int Number(Chain chain, uint number) =>
        number < (uint)chain.RuleCount ? (int)number : throw new TableException(TableError.NoSuchNumber);

    /// <summary>
    /// A rule as a table has it, of an entry whose target has the name of what it does: nothing, a verdict, a chain or an extension.
    /// </summary>
    private byte[] Take(ReadOnlySpan<byte> entry)
    {
        byte[] bytes = entry.ToArray();
        Rule rule = BlobReader.RuleAt(bytes, _table.Layout, out ExtensionRecord record);
        foreach (ExtensionRecord match in rule)
        {
            _ = match; // each is asked for its size
        }

        ReadOnlySpan<byte> name = record.Name;
        Chain? chain = _table.Find(name);
        bool isVerdict = StandardVerdict.TryParse(name, out int verdict);
        if (name.IsEmpty || isVerdict || chain is not null)
        {
            // A jump may have more room than it needs, a verdict may not.
            if (record.Bytes.Length < RuleLayout.StandardTargetSize || (isVerdict && record.Bytes.Length > RuleLayout.StandardTargetSize)
                || chain is { IsBuiltIn: true })
            {
                throw new MalformedTableException("no verdict, and no chain to jump to");
            }

            verdict = name.IsEmpty ? Verdict.Continue : isVerdict ? verdict : Verdict.JumpTo(chain!.Id);
            record.Bytes[2..ExtensionRecord.HeadSize].Clear();
            record.Verdict = verdict;
        }

        rule.Line = 0;
        return bytes;
    }

    /// <summary>Whether two rules ask and do the same, matches and targets as far as the mask says; counters and scratch are not looked at.</summary>
    private bool AreEqual(Rule rule, Rule wanted, ReadOnlySpan<byte> mask)
    {
        if (rule.Bytes.Length != wanted.Bytes.Length || rule.TargetOffset != wanted.TargetOffset
            || !rule.Conditions.SequenceEqual(wanted.Conditions))
        {
            return false;
        }

        ExtensionRecord target = wanted.Target;
        int end = target.IsStandardTarget ? rule.TargetOffset : rule.Bytes.Length;
        Range compared = rule.Layout.HeadSize..end;
        return AreEqual(rule.Bytes[compared], wanted.Bytes[compared], mask.IsEmpty ? mask : mask[compared])
            && target.IsStandardTarget == rule.Target.IsStandardTarget
            && (!target.IsStandardTarget || _table.DoSame(rule.Target.Verdict, target.Verdict));
    }

    private static bool AreEqual(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> mask)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i] && (mask.IsEmpty || mask[i] != 0))
            {
                return false;
            }
        }

        return true;
    }
}
