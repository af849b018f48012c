using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A table: its chains and their rules. Rules are bytes in two buffers, those that were read from the kernel and those that were added; a
/// chain is a list of runs of them. An edit cuts, links or drops runs and never moves a rule, so that a change to a table of
/// a hundred thousand rules costs what the change is large.
/// </summary>
internal sealed class Table : IDisposable
{
    private readonly List<Chain> _chains = [];
    private readonly ChainIndex _index;
    private readonly RunList _runs = new();
    private int[]? _references;
    private List<Chain>? _ordered;
    private bool _needsSorting;

    /// <param name="name">The table's name.</param>
    /// <param name="family">The family it filters.</param>
    /// <param name="original">The rules as they were read; empty for a table that begins empty.</param>
    /// <param name="origin">What the backend keeps that it was read by; null when it was read by none.</param>
    public Table(ReadOnlySpan<byte> name, Family family, NativeBuffer original, TableOrigin? origin = null)
    {
        Name = name.ToArray();
        Layout = new RuleLayout(family);
        Original = original;
        Origin = origin ?? new TableOrigin();
        _index = new ChainIndex(_chains);
    }

    /// <summary>The table's name.</summary>
    public byte[] Name { get; }

    /// <summary>How the family lays out a rule.</summary>
    public RuleLayout Layout { get; }

    /// <summary>
    /// All chains that are there: the built-in ones in the order of their hooks, then the users' in the order of their names.
    /// </summary>
    public IReadOnlyList<Chain> Chains => _ordered ??= OrderChains();

    /// <summary>All chains, those that were deleted too, by <see cref="Chain.Id"/>.</summary>
    internal ReadOnlySpan<Chain> ChainsByNumber => CollectionsMarshal.AsSpan(_chains);

    /// <summary>Whether it is to be written, and not only to be looked at.</summary>
    internal bool IsForWriting { get; set; } = true;

    /// <summary>Whether the numbers of the chains are in the order of <see cref="Chains"/>.</summary>
    internal bool IsNumberedInOrder { get; private set; } = true;

    /// <summary>What the backend keeps of it that it was read by.</summary>
    internal TableOrigin Origin { get; }

    /// <summary>The rules that were read.</summary>
    internal NativeBuffer Original { get; }

    /// <summary>The rules that were added.</summary>
    internal NativeBuffer Added { get; } = new((4 << 20) - NativeBuffer.Headroom);

    /// <summary>Whether a rule that was added jumps to a chain, or has no target.</summary>
    internal bool AddedHasJumps { get; private set; }

    /// <summary>Whether a rule that was added begins to count from something else than zero.</summary>
    internal bool AddedHasCounters { get; private set; }

    /// <summary>Finds a chain by name, or gives null.</summary>
    public Chain? Find(ReadOnlySpan<byte> name)
    {
        int id = _index.Find(name);
        return id < 0 ? null : _chains[id];
    }

    /// <summary>Finds a chain by name.</summary>
    /// <exception cref="TableException">There is none.</exception>
    public Chain Get(ReadOnlySpan<byte> name) => Find(name) ?? throw new TableException(TableError.NoSuchChain);

    /// <summary>The rules of a chain, first to last.</summary>
    public RuleEnumerator Rules(Chain chain) => new(this, chain);

    /// <summary>The chain that a verdict of a rule of this table jumps to, or null when it is no jump.</summary>
    public Chain? JumpTarget(int verdict)
    {
        if (Verdict.IsJumpTo(verdict, out int chain))
        {
            return _chains[chain];
        }

        return verdict < 0 || verdict == Verdict.Continue ? null : Origin.ChainAt(this, verdict);
    }

    /// <summary>Makes an empty chain of a user.</summary>
    public Chain AddChain(ReadOnlySpan<byte> name)
    {
        if (Find(name) is not null)
        {
            throw new TableException(TableError.ChainExists);
        }

        _needsSorting = true;
        return NewChain(name, hook: -1);
    }

    /// <summary>Takes away an empty chain of a user that no rule jumps to.</summary>
    public void DeleteChain(Chain chain)
    {
        ThrowIfBuiltIn(chain);
        if (References(chain) > 0)
        {
            throw new TableException(TableError.ChainInUse);
        }

        if (chain.RuleCount > 0)
        {
            throw new TableException(TableError.ChainNotEmpty);
        }

        chain.IsDeleted = true;
        _ordered = null;
    }

    /// <summary>Gives a chain of a user another name.</summary>
    public void RenameChain(Chain chain, ReadOnlySpan<byte> name)
    {
        if (Find(name) is not null)
        {
            throw new TableException(TableError.ChainExists);
        }

        ThrowIfBuiltIn(chain);
        chain.Name = name.ToArray();
        _index.Add(chain);
        _needsSorting = true;
        IsNumberedInOrder = false;
        _ordered = null;
    }

    /// <summary>How many rules jump to a chain.</summary>
    public int References(Chain chain)
    {
        if (_references is null)
        {
            _references = new int[_chains.Count];
            foreach (Chain each in _chains)
            {
                for (int run = each.FirstRun; run >= 0; run = _runs[run].Next)
                {
                    CountReferences(_runs[run], 1);
                }
            }
        }

        return chain.Id < _references.Length ? _references[chain.Id] : 0;
    }

    /// <summary>Adds a rule at the end of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">A whole rule; its jump, if it has one, made by <see cref="Verdict.JumpTo"/>.</param>
    public void Append(Chain chain, ReadOnlySpan<byte> rule) => Insert(chain, chain.RuleCount, rule);

    /// <summary>Puts a rule in front of the rule that has a number, counted from 0.</summary>
    public void Insert(Chain chain, int number, ReadOnlySpan<byte> rule)
    {
        if (number > chain.RuleCount)
        {
            throw new TableException(TableError.NoSuchNumber);
        }

        bool atEnd = number == chain.RuleCount;
        int before = atEnd ? chain.LastRun : Cut(chain, number);
        int offset = Origin.Place(this, chain, atEnd, rule.Length);
        Added.SetLength(Math.Max(Added.Length, offset + rule.Length));
        rule.CopyTo(Added.Slice(offset, rule.Length));
        Rule added = new(Added.Slice(offset, rule.Length), Layout);
        ExtensionRecord target = added.Target;
        AddedHasJumps |= target.IsStandardTarget && target.Verdict >= 0;
        AddedHasCounters |= !added.Counters.IsZero;

        chain.RuleCount++;
        if (before >= 0 && _runs[before] is { IsAdded: true } last && last.Offset + last.Length == offset)
        {
            _runs[before].Length += rule.Length;
            _runs[before].Count++;
        }
        else
        {
            Link(chain, before, new Run { Offset = offset, Length = rule.Length, Count = 1, IsAdded = true, Counters = CounterFate.Set });
        }

        if (_references is not null)
        {
            CountReferences(new Run { Offset = offset, Length = rule.Length, IsAdded = true }, 1);
        }
    }

    /// <summary>Takes away the rule that has a number, counted from 0.</summary>
    public void Delete(Chain chain, int number)
    {
        if (number >= chain.RuleCount)
        {
            throw new TableException(TableError.NoSuchNumber);
        }

        int before = Cut(chain, number);
        int rule = before < 0 ? chain.FirstRun : _runs[before].Next;
        _ = Cut(chain, number + 1);
        if (_references is not null)
        {
            CountReferences(_runs[rule], -1);
        }

        int next = _runs[rule].Next;
        if (before < 0)
        {
            chain.FirstRun = next;
        }
        else
        {
            _runs[before].Next = next;
        }

        if (chain.LastRun == rule)
        {
            chain.LastRun = before;
        }

        chain.RuleCount--;
    }

    /// <summary>Takes away all rules of a chain.</summary>
    public void Flush(Chain chain)
    {
        if (_references is not null)
        {
            for (int run = chain.FirstRun; run >= 0; run = _runs[run].Next)
            {
                CountReferences(_runs[run], -1);
            }
        }

        chain.FirstRun = chain.LastRun = -1;
        chain.RuleCount = 0;
    }

    /// <summary>Sets the counters of a chain's rules and of its policy to zero.</summary>
    public void Zero(Chain chain)
    {
        for (int run = chain.FirstRun; run >= 0; run = _runs[run].Next)
        {
            ZeroRun(run);
        }

        chain.PolicyCounters = chain.PolicyFate == CounterFate.Set ? default : chain.PolicyCounters;
        chain.PolicyFate = chain.PolicyFate == CounterFate.Set ? CounterFate.Set : CounterFate.Zero;
    }

    /// <summary>Sets the counters of the rule that has a number, counted from 0, to zero.</summary>
    public void Zero(Chain chain, int number)
    {
        if (number >= chain.RuleCount)
        {
            throw new TableException(TableError.NoSuchNumber);
        }

        int before = Cut(chain, number);
        _ = Cut(chain, number + 1);
        ZeroRun(before < 0 ? chain.FirstRun : _runs[before].Next);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Original.Dispose();
        Added.Dispose();
    }

    /// <summary>A table of its own with the same chains and rules. None of the rules may have been read by a backend.</summary>
    internal Table Copy()
    {
        Table copy = new(Name, Layout.Family, new NativeBuffer(0)) { _needsSorting = _needsSorting };
        foreach (Chain chain in _chains)
        {
            Chain same = copy.NewChain(chain.Name, chain.Hook);
            (same.Policy, same.PolicyCounters, same.PolicyFate) = (chain.Policy, chain.PolicyCounters, chain.PolicyFate);
            same.IsDeleted = chain.IsDeleted;
        }

        foreach (Chain chain in _chains)
        {
            foreach (Rule rule in Rules(chain))
            {
                copy.Append(copy._chains[chain.Id], rule.Bytes);
            }
        }

        return copy;
    }

    /// <summary>Makes a chain that was read; a user's chain is found by name like any other.</summary>
    internal Chain NewChain(ReadOnlySpan<byte> name, int hook)
    {
        Chain chain = new(_chains.Count, name.ToArray(), hook);
        IsNumberedInOrder &= _chains.Count == 0 || Compare(_chains[^1], chain) < 0;
        _chains.Add(chain);
        _ordered = null;
        _index.Add(chain);
        return chain;
    }

    /// <summary>Gives a chain that was read its rules.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="offset">Where the first rule stands in <see cref="Original"/>.</param>
    /// <param name="size">How many bytes they have.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="firstRead">The number of the first, see <see cref="Run.FirstRead"/>.</param>
    internal void AddOriginalRun(Chain chain, int offset, int size, int count, int firstRead)
    {
        if (count > 0)
        {
            chain.RuleCount += count;
            Link(chain, chain.LastRun, new Run { Offset = offset, Length = size, Count = count, FirstRead = firstRead });
        }
    }

    internal ref Run RunAt(int run) => ref _runs[run];

    internal NativeBuffer BufferOf(in Run run) => run.IsAdded ? Added : Original;

    private List<Chain> OrderChains()
    {
        List<Chain> ordered = new(_chains.Count);
        foreach (Chain chain in _chains)
        {
            if (!chain.IsDeleted)
            {
                ordered.Add(chain);
            }
        }

        if (_needsSorting && !IsNumberedInOrder)
        {
            ordered.Sort(Compare);
        }

        return ordered;
    }

    private static int Compare(Chain a, Chain b) => a.IsBuiltIn || b.IsBuiltIn
        ? (a.IsBuiltIn ? a.Hook : int.MaxValue).CompareTo(b.IsBuiltIn ? b.Hook : int.MaxValue)
        : a.Name.AsSpan().SequenceCompareTo(b.Name);

    private static void ThrowIfBuiltIn(Chain chain)
    {
        if (chain.IsBuiltIn)
        {
            throw new TableException(TableError.ChainBuiltIn);
        }
    }

    private void ZeroRun(int run)
    {
        if (!_runs[run].IsAdded)
        {
            _runs[run].Counters = CounterFate.Zero;
            return;
        }

        Span<byte> rest = Added.Slice(_runs[run].Offset, _runs[run].Length);
        while (!rest.IsEmpty)
        {
            Rule rule = new(rest, Layout);
            rule.Counters = default;
            rest = rest[rule.Bytes.Length..];
        }
    }

    private void CountReferences(in Run run, int change)
    {
        Span<byte> rest = BufferOf(run).Slice(run.Offset, run.Length);
        while (!rest.IsEmpty)
        {
            Rule rule = new(rest, Layout);
            ExtensionRecord target = rule.Target;
            if (target.IsStandardTarget && JumpTarget(target.Verdict) is { } chain)
            {
                if (chain.Id >= _references!.Length)
                {
                    Array.Resize(ref _references, _chains.Count);
                }

                _references[chain.Id] += change;
            }

            rest = rest[rule.Bytes.Length..];
        }
    }

    /// <summary>
    /// Cuts a chain's runs in front of a rule, counted from 0, and gives the run that ends there, or -1 when it is the first rule.
    /// </summary>
    private int Cut(Chain chain, int number)
    {
        int before = -1;
        for (int run = chain.FirstRun; run >= 0 && number > 0; run = _runs[run].Next)
        {
            if (number < _runs[run].Count)
            {
                Split(chain, run, number);
            }

            number -= _runs[run].Count;
            before = run;
        }

        return before;
    }

    private void Split(Chain chain, int run, int count)
    {
        Run whole = _runs[run];
        Span<byte> rules = BufferOf(whole).Slice(whole.Offset, whole.Length);
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += new Rule(rules[length..], Layout).Bytes.Length;
        }

        _runs[run].Length = length;
        _runs[run].Count = count;
        whole.Offset += length;
        whole.Length -= length;
        whole.Count -= count;
        whole.FirstRead += count;
        Link(chain, run, whole);
    }

    private void Link(Chain chain, int before, Run run)
    {
        int added = _runs.Count;
        if (before < 0)
        {
            run.Next = chain.FirstRun;
            chain.FirstRun = added;
        }
        else
        {
            run.Next = _runs[before].Next;
            _runs[before].Next = added;
        }

        if (chain.LastRun == before)
        {
            chain.LastRun = added;
        }

        _runs.Add(run);
    }

    /// <summary>Walks the rules of a chain.</summary>
    public ref struct RuleEnumerator
    {
        private readonly Table _table;
        private int _run;
        private Span<byte> _rest;

        internal RuleEnumerator(Table table, Chain chain)
        {
            _table = table;
            _run = chain.FirstRun;
            _rest = default;
            Enter();
        }

        /// <summary>The rule.</summary>
        public Rule Current { get; private set; }

        /// <summary>What the walk is over: itself.</summary>
        public readonly RuleEnumerator GetEnumerator() => this;

        /// <summary>Goes to the next rule.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Current = new Rule(_rest, _table.Layout);
            _rest = _rest[Current.Bytes.Length..];
            if (_rest.IsEmpty)
            {
                _run = _table._runs[_run].Next;
                Enter();
            }

            return true;
        }

        private void Enter()
        {
            if (_run >= 0)
            {
                ref Run run = ref _table._runs[_run];
                _rest = _table.BufferOf(run).Slice(run.Offset, run.Length);
            }
        }
    }
}
