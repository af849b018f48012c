using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A table: its chains and their rules. Rules are bytes in two buffers, those that were read from the kernel and those that were added; a
/// chain is a list of runs of them. An edit cuts, links or drops runs and never moves a rule, so that a change to a table of
/// a hundred thousand rules costs what the change is large.
/// </summary>
internal sealed class Table : IDisposable
{
    private readonly ChainList _chains = new();
    private ReferenceCounts? _references;

    /// <param name="name">The table's name.</param>
    /// <param name="family">The family it filters.</param>
    /// <param name="original">The rules as they were read; empty for a table that begins empty.</param>
    /// <param name="origin">What the backend keeps that it was read by; null when it was read by none.</param>
    public Table(ReadOnlySpan<byte> name, Family family, NativeBuffer original, TableOrigin? origin = null)
    {
        Name = name.ToArray();
        Layout = family.Layout;
        Original = original;
        Origin = origin ?? new TableOrigin();
        Runs = new RunList(Layout, Original, Added);
    }

    /// <summary>The table's name.</summary>
    public byte[] Name { get; }

    /// <summary>Whether what its rules drop goes to the machine itself instead of over the bridge.</summary>
    public bool RoutesDropped => Name.AsSpan().SequenceEqual("broute"u8);

    /// <summary>How the family lays out a rule.</summary>
    public RuleLayout Layout { get; }

    /// <summary>
    /// All chains that are there: the built-in ones in the order of their hooks, then the users' in the order of their names.
    /// </summary>
    public IReadOnlyList<Chain> Chains
    {
        get
        {
            Origin.ReadChains(this);
            return _chains.InOrder;
        }
    }

    /// <summary>All chains, those that were deleted too, by <see cref="Chain.Id"/>.</summary>
    internal ReadOnlySpan<Chain> ChainsByNumber => _chains.ByNumber;

    /// <summary>Whether it is to be written, and not only to be looked at.</summary>
    internal bool IsForWriting { get; set; } = true;

    /// <summary>Whether the numbers of the chains are in the order of <see cref="Chains"/>.</summary>
    internal bool IsNumberedInOrder => _chains.IsNumberedInOrder;

    /// <summary>What the backend keeps of it that it was read by.</summary>
    internal TableOrigin Origin { get; }

    /// <summary>The interface whose behaviour it has.</summary>
    internal KernelInterface Interface => Origin.Interface;

    /// <summary>The rules that were read.</summary>
    internal NativeBuffer Original { get; }

    /// <summary>The rules that were added.</summary>
    internal NativeBuffer Added { get; } = new((1 << 11) - NativeBuffer.Headroom);

    /// <summary>The runs that its chains are lists of.</summary>
    internal RunList Runs { get; }

    /// <summary>Whether a rule that was added jumps to a chain, or has no target.</summary>
    internal bool AddedHasJumps { get; private set; }

    /// <summary>Whether a rule begins to count from something else than zero or what the kernel has.</summary>
    internal bool AddedHasCounters { get; private set; }

    /// <summary>Whether chains that were read are to be sorted by name.</summary>
    internal bool SortsChains
    {
        set => _chains.IsToBeSorted = value;
    }

    /// <summary>Finds a chain by name, or gives null.</summary>
    public Chain? Find(ReadOnlySpan<byte> name) => _chains.Find(name) ?? Origin.FindChain(this, name);

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
            return ChainsByNumber[chain];
        }

        return verdict < 0 || verdict == Verdict.Continue ? null : Origin.ChainAt(this, verdict);
    }

    /// <summary>Whether two verdicts do the same: of two jumps, one may be the backend's own and the other by number.</summary>
    internal bool DoSame(int verdict, int other) =>
        verdict == other || (JumpTarget(verdict) is { } chain && ReferenceEquals(chain, JumpTarget(other)));

    /// <summary>Makes an empty chain of a user.</summary>
    public Chain AddChain(ReadOnlySpan<byte> name)
    {
        if (Find(name) is not null)
        {
            throw new TableException(TableError.ChainExists);
        }

        _chains.IsToBeSorted = true;
        return NewChain(name, hook: -1);
    }

    /// <summary>Deletes an empty chain that no rule jumps to; a built-in one only if the backend can be without.</summary>
    public void DeleteChain(Chain chain)
    {
        if (!Origin.ChecksDeletionOf(chain))
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
        }

        _chains.Delete(chain);
    }

    /// <summary>Gives a chain of a user another name.</summary>
    public void RenameChain(Chain chain, ReadOnlySpan<byte> name)
    {
        if (Find(name) is not null)
        {
            throw new TableException(TableError.ChainExists);
        }

        ThrowIfBuiltIn(chain);
        _chains.Rename(chain, name);
    }

    /// <summary>How many rules jump to a chain.</summary>
    public int References(Chain chain)
    {
        if (Origin.ReferencesTo(chain) is { } known)
        {
            return known;
        }

        if (_references is null)
        {
            _references = new ReferenceCounts(this);
            foreach (Chain each in ChainsByNumber)
            {
                CountReferences(each, 1);
            }
        }

        return _references[chain];
    }

    /// <summary>Adds a rule at the end of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="rule">A whole rule; its jump, if it has one, made by <see cref="Verdict.JumpTo"/>.</param>
    public void Append(Chain chain, ReadOnlySpan<byte> rule) => Put(chain, chain.LastRun, atEnd: true, rule);

    /// <summary>Puts a rule in front of the rule that has a number, counted from 0.</summary>
    public void Insert(Chain chain, int number, ReadOnlySpan<byte> rule)
    {
        bool isFirst = number == 0 && chain.FirstRun >= 0;
        if (!isFirst && number >= CountUpTo(chain, AfterNumber(number)))
        {
            if (number > chain.RuleCount)
            {
                throw new TableException(TableError.NoSuchNumber);
            }

            Append(chain, rule);
            Runs[chain.LastRun].IsInserted |= number == 0;
            return;
        }

        Put(chain, Runs.Cut(chain, number), atEnd: false, rule);
    }

    /// <summary>Reads all chains and rules that are unread.</summary>
    public void ReadAll()
    {
        foreach (Chain chain in Chains)
        {
            _ = CountUpTo(chain, int.MaxValue);
        }
    }

    /// <summary>How many rules a chain has, as far as that must be known to tell whether it has that many.</summary>
    public int CountUpTo(Chain chain, int number)
    {
        for (int run = chain.FirstRun; run >= 0 && chain.RuleCount < number; run = Runs[run].Next)
        {
            if (Runs[run].IsUnread)
            {
                Origin.ReadOn(this, chain, run);
            }
        }

        return chain.RuleCount;
    }

    /// <summary>Deletes the rule that has a number, counted from 0.</summary>
    public void Delete(Chain chain, int number)
    {
        if (number >= CountUpTo(chain, AfterNumber(number)))
        {
            throw new TableException(TableError.NoSuchNumber);
        }

        int run = Runs.CutOut(chain, number, out int before);
        _references?.Count(Runs.BytesOf(Runs[run]), -1);
        Runs.Unlink(chain, before, run);
        chain.RuleCount--;
    }

    /// <summary>Deletes all rules of a chain.</summary>
    public void Flush(Chain chain)
    {
        CountReferences(chain, -1);
        chain.FirstRun = chain.LastRun = -1;
        chain.RuleCount = 0;
    }

    /// <summary>Sets the counters of a chain's rules and of its policy to zero.</summary>
    public void Zero(Chain chain)
    {
        foreach (ref Run run in Runs.Of(chain))
        {
            Runs.Zero(ref run);
        }

        chain.PolicyCounters = chain.PolicyFate == CounterFate.Set ? default : chain.PolicyCounters;
        chain.PolicyFate = chain.PolicyFate == CounterFate.Set ? CounterFate.Set : CounterFate.Zero;
    }

    /// <summary>Sets the counters of the rule that has a number, counted from 0, to zero.</summary>
    public void Zero(Chain chain, int number)
    {
        if (number >= CountUpTo(chain, AfterNumber(number)))
        {
            throw new TableException(TableError.NoSuchNumber);
        }

        Runs.Zero(ref Runs[Runs.CutOut(chain, number, out _)]);
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
        Table copy = new(Name, Layout.Family, new NativeBuffer(0));
        copy._chains.IsToBeSorted = _chains.IsToBeSorted;
        foreach (Chain chain in ChainsByNumber)
        {
            Chain same = copy.NewChain(chain.Name, chain.Hook);
            (same.Policy, same.PolicyCounters, same.PolicyFate) = (chain.Policy, chain.PolicyCounters, chain.PolicyFate);
            same.IsDeleted = chain.IsDeleted;
        }

        foreach (Chain chain in ChainsByNumber)
        {
            foreach (Rule rule in Rules(chain))
            {
                copy.Append(copy.ChainsByNumber[chain.Id], rule.Bytes);
            }
        }

        return copy;
    }

    /// <summary>Makes a chain that was read; a user's chain is found by name like any other.</summary>
    internal Chain NewChain(ReadOnlySpan<byte> name, int hook) => _chains.Add(name, hook);

    /// <summary>Makes the chain of a hook.</summary>
    internal Chain NewBuiltInChain(int hook)
    {
        string hookName = Layout.Family.HookNames[hook];
        Span<byte> name = stackalloc byte[hookName.Length];
        System.Text.Ascii.FromUtf16(hookName, name, out _);
        return NewChain(name, hook);
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
            Runs.Link(chain, chain.LastRun, new Run { Offset = offset, Length = size, Count = count, FirstRead = firstRead });
        }
    }

    /// <summary>Gives a chain a run that stands for its rules, which are read when they are looked at.</summary>
    internal void AddUnreadRun(Chain chain) => Runs.Link(chain, chain.LastRun, new Run { IsUnread = true });

    /// <summary>Makes of an unread run one of the rules that were read last.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="run">The run.</param>
    /// <param name="offset">Where the first rule stands in <see cref="Original"/>; they are all behind it.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="firstRead">The number of the first, see <see cref="Run.FirstRead"/>.</param>
    /// <param name="areMore">Whether there are more, which an unread run behind it stands for.</param>
    internal void FillRun(Chain chain, int run, int offset, int count, int firstRead, bool areMore)
    {
        CounterFate counters = Runs[run].Counters;
        if (areMore)
        {
            Runs.Link(chain, run, new Run { IsUnread = true, Counters = counters });
        }

        Run filled = Runs[run];
        (filled.Offset, filled.Length, filled.Count, filled.FirstRead, filled.IsUnread) = (offset, Original.Length - offset, count, firstRead, false);
        Runs[run] = filled;
        chain.RuleCount += count;
    }

    /// <summary>Sets the counters of the rule that has a number, counted from 0.</summary>
    internal void SetCounters(Chain chain, int number, XtCounters counters)
    {
        ref Run run = ref Runs[Runs.CutOut(chain, number, out _)];
        new Rule(Runs.BytesOf(run), Layout).Counters = counters;
        run.Counters = CounterFate.Set;
        AddedHasCounters = true;
    }

    private static int AfterNumber(int number) => number == int.MaxValue ? number : number + 1;

    private void Put(Chain chain, int before, bool atEnd, ReadOnlySpan<byte> rule)
    {
        int offset = Origin.Place(this, chain, atEnd, rule.Length);
        Added.SetLength(Math.Max(Added.Length, offset + rule.Length));
        Span<byte> bytes = Added.Slice(offset, rule.Length);
        rule.CopyTo(bytes);
        Rule added = new(bytes, Layout);
        ExtensionRecord target = added.Target;
        AddedHasJumps |= target.IsStandardTarget && target.Verdict >= 0;
        AddedHasCounters |= !added.Counters.IsZero;

        chain.RuleCount++;
        if (before >= 0 && Runs[before] is { IsAdded: true } last && last.Offset + last.Length == offset)
        {
            Runs[before].Length += rule.Length;
            Runs[before].Count++;
        }
        else
        {
            Runs.Link(chain, before, new Run { Offset = offset, Length = rule.Length, Count = 1, IsAdded = true, IsInserted = !atEnd, Counters = CounterFate.Set });
        }

        _references?.Count(bytes, 1);
    }

    private static void ThrowIfBuiltIn(Chain chain)
    {
        if (chain.IsBuiltIn)
        {
            throw new TableException(TableError.ChainBuiltIn);
        }
    }

    private void CountReferences(Chain chain, int change)
    {
        if (_references is null)
        {
            return;
        }

        foreach (ref Run run in Runs.Of(chain))
        {
            _references.Count(Runs.BytesOf(run), change);
        }
    }
}
