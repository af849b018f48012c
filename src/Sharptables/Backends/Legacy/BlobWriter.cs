using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// Lays a table out as the kernel wants it. Rules stay in the buffer where they are whenever their order allows it: those
/// that do not stand right are moved within it, the others are put between them. Only when chains changed places is all copied, and the
/// memory of what has been copied given back as it goes.
/// </summary>
/// <param name="table">The table; once laid out it is not to be used any more.</param>
/// <param name="origin">What ip_tables said of it.</param>
/// <param name="keepsTable">Whether the table stays as it is all the same, and all is copied.</param>
internal sealed class BlobWriter(Table table, LegacyOrigin origin, bool keepsTable = false) : IDisposable
{
    private readonly Chain[] _chains = [.. table.Chains]; // a walk through an array costs a third of one through an interface
    private readonly RuleLayout _layout = table.Layout;
    private readonly int[] _firstRules = new int[table.ChainsByNumber.Length]; // where each chain's will stand, by number
    private NativeBuffer? _copy;
    private int _size;
    private int _entries;

    /// <summary>The entries.</summary>
    public NativeBuffer Blob { get; private set; } = table.Original;

    /// <summary>Lays the table out.</summary>
    /// <returns>What is to be said of it to the kernel.</returns>
    public TableInfo Layout()
    {
        TableInfo info = origin.Info;
        Measure(ref info);
        ResolveJumpsOfOriginal();
        Place();
        WriteHeadsAndPolicies();
        info.NumEntries = (uint)_entries;
        info.Size = (uint)_size;
        return info;
    }

    /// <summary>Puts together what to add to the counters of the new entries; see <see cref="CountersDue"/>.</summary>
    public bool CountersToAdd(NativeBuffer old, NativeBuffer toAdd) => new CountersDue(table, origin, Blob, _entries).Write(old, toAdd);

    /// <summary>Hands over the buffer with the entries: it outlives this object.</summary>
    public NativeBuffer Release()
    {
        _copy = null;
        return Blob;
    }

    /// <inheritdoc/>
    public void Dispose() => _copy?.Dispose();

    /// <summary>Finds where every chain will begin and end.</summary>
    private void Measure(ref TableInfo info)
    {
        foreach (Chain chain in _chains)
        {
            if (!chain.IsBuiltIn)
            {
                _size += _layout.ChainHeadSize;
                _entries++;
            }

            _firstRules[chain.Id] = _size;
            foreach (ref Run run in table.Runs.Of(chain))
            {
                _size += run.Length;
                _entries += run.Count;
            }

            if (chain.IsBuiltIn)
            {
                info.HookEntry[chain.Hook] = (uint)_firstRules[chain.Id];
                info.Underflow[chain.Hook] = (uint)_size;
            }

            _size += _layout.PolicySize;
            _entries++;
        }

        _size += _layout.ChainHeadSize;
        _entries++;
    }

    /// <summary>Before anything is moved: where a jump leads says the head of a chain that was read.</summary>
    private void ResolveJumpsOfOriginal()
    {
        if (!origin.HasJumps || keepsTable)
        {
            return;
        }

        foreach (Chain chain in _chains)
        {
            int to = _firstRules[chain.Id];
            foreach (ref Run run in table.Runs.Of(chain))
            {
                if (!run.IsAdded)
                {
                    ResolveJumps(table.Original.Slice(run.Offset, run.Length), to);
                }

                to += run.Length;
            }
        }
    }

    /// <summary>Turns the chain that a rule jumps to into the offset where that chain will begin.</summary>
    /// <param name="rules">Rules that stand side by side.</param>
    /// <param name="to">Where the first of them will stand.</param>
    private void ResolveJumps(Span<byte> rules, int to)
    {
        for (int at = 0; at < rules.Length;)
        {
            Rule rule = new(rules[at..], _layout);
            at += rule.Bytes.Length;
            ExtensionRecord target = rule.Target;
            if (target.IsStandardTarget && target.Verdict >= 0)
            {
                target.Verdict = table.JumpTarget(target.Verdict) is { } chain ? _firstRules[chain.Id] : to + at;
            }
        }
    }

    private void Place()
    {
        NativeBuffer? home = keepsTable ? null : Home();
        Blob = home ?? (_copy = new NativeBuffer(_size));
        Blob.SetLength(Math.Max(_size, Blob.Length));
        CopySource original = new(table.Original);
        CopySource added = new(table.Added);
        if (home is not null)
        {
            MoveWithin(home);
        }
        else if (!keepsTable)
        {
            CountWhatIsCopied(original, added);
            table.Added.GiveBackRest();
        }

        foreach (Chain chain in _chains)
        {
            int to = _firstRules[chain.Id];
            foreach (ref Run run in table.Runs.Of(chain))
            {
                if (table.Runs.BufferOf(run) != home)
                {
                    (run.IsAdded ? added : original).Copy(run, Blob, to);
                }

                if (run.IsAdded ? table.AddedHasJumps : keepsTable && origin.HasJumps)
                {
                    ResolveJumps(Blob.Slice(to, run.Length), to);
                }

                to += run.Length;
            }
        }
    }

    private void CountWhatIsCopied(CopySource original, CopySource added)
    {
        foreach (Chain chain in _chains)
        {
            foreach (ref Run run in table.Runs.Of(chain))
            {
                (run.IsAdded ? added : original).Count(run);
            }
        }
    }

    /// <summary>The buffer with more of the rules, when those stand in it in the order that they will have; else null.</summary>
    private NativeBuffer? Home()
    {
        int original = 0, added = 0;
        int lastOriginal = 0, lastAdded = 0;
        bool originalInOrder = true, addedInOrder = true;
        foreach (Chain chain in _chains)
        {
            foreach (ref Run run in table.Runs.Of(chain))
            {
                if (run.IsAdded)
                {
                    added += run.Length;
                    addedInOrder &= run.Offset >= lastAdded;
                    lastAdded = run.Offset;
                }
                else
                {
                    original += run.Length;
                    originalInOrder &= run.Offset >= lastOriginal;
                    lastOriginal = run.Offset;
                }
            }
        }

        return added > original ? (addedInOrder ? table.Added : null) : (originalInOrder ? table.Original : null);
    }

    /// <summary>
    /// Moves runs to their places within their buffer. They keep their order, so those that go towards the end, moved from the
    /// last to the first, and those that go towards the beginning, from the first to the last, never step on one another.
    /// </summary>
    private void MoveWithin(NativeBuffer home)
    {
        List<(int From, int To, int Length)> forward = [];
        foreach (Chain chain in _chains)
        {
            int to = _firstRules[chain.Id];
            foreach (ref Run run in table.Runs.Of(chain))
            {
                if (table.Runs.BufferOf(run) == home && to > run.Offset)
                {
                    forward.Add((run.Offset, to, run.Length));
                }

                to += run.Length;
            }
        }

        for (int i = forward.Count - 1; i >= 0; i--)
        {
            home.Move(forward[i].From, forward[i].To, forward[i].Length);
        }

        foreach (Chain chain in _chains)
        {
            int to = _firstRules[chain.Id];
            foreach (ref Run run in table.Runs.Of(chain))
            {
                if (table.Runs.BufferOf(run) == home && to < run.Offset)
                {
                    home.Move(run.Offset, to, run.Length);
                }

                to += run.Length;
            }
        }
    }

    private void WriteHeadsAndPolicies()
    {
        foreach (Chain chain in _chains)
        {
            int end = _firstRules[chain.Id];
            foreach (ref Run run in table.Runs.Of(chain))
            {
                end += run.Length;
            }

            if (!chain.IsBuiltIn)
            {
                WriteError(_firstRules[chain.Id] - _layout.ChainHeadSize, chain.Name);
            }

            Span<byte> policy = Head(end, _layout.PolicySize);
            _ = ExtensionRecord.WriteHead(policy, [], revision: 0, payloadSize: 4);
            new ExtensionRecord(policy).Verdict = chain.Policy;
        }

        WriteError(_size - _layout.ChainHeadSize, "ERROR"u8);
    }

    private void WriteError(int offset, ReadOnlySpan<byte> name)
    {
        Span<byte> target = Head(offset, _layout.ChainHeadSize);
        _ = ExtensionRecord.WriteHead(target, "ERROR"u8, revision: 0, payloadSize: 32);
        Span<byte> place = new ExtensionRecord(target).Payload[..RuleLayout.MaxErrorName];
        name[..Math.Min(name.Length, place.Length)].CopyTo(place);
    }

    /// <summary>Writes the head of an entry without conditions, and gives the place of its target.</summary>
    private Span<byte> Head(int offset, int size)
    {
        Span<byte> entry = Blob.Slice(offset, size);
        entry.Clear();
        Rule.WriteSize(entry, _layout, size);
        new Rule(entry, _layout).TargetOffset = _layout.HeadSize;
        return entry[_layout.HeadSize..];
    }
}
