using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// The runs of a table, by number, and how they are linked to chains. They are stored in blocks, so that none is copied or left behind as
/// the list grows.
/// </summary>
/// <param name="layout">How a rule is laid out.</param>
/// <param name="original">The rules that were read.</param>
/// <param name="added">The rules that were added.</param>
internal sealed class RunList(RuleLayout layout, NativeBuffer original, NativeBuffer added)
{
    private const int BlockBits = 10;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<Run[]> _blocks = [];
    private int _count;

    public ref Run this[int number] => ref _blocks[number >> BlockBits][number & (BlockSize - 1)];

    public RunEnumerator Of(Chain chain) => new(this, chain.FirstRun);

    /// <summary>The buffer that a run's rules are in.</summary>
    public NativeBuffer BufferOf(in Run run) => run.IsAdded ? added : original;

    /// <summary>A run's rules.</summary>
    public Span<byte> BytesOf(in Run run) => BufferOf(run).Slice(run.Offset, run.Length);

    /// <summary>Puts a run behind another of a chain, or in front of all when that is -1.</summary>
    public void Link(Chain chain, int before, Run run)
    {
        if (_count == _blocks.Count * BlockSize)
        {
            _blocks.Add(new Run[BlockSize]);
        }

        int added = _count++;
        ref int link = ref LinkBehind(chain, before);
        run.Next = link;
        link = added;
        if (chain.LastRun == before)
        {
            chain.LastRun = added;
        }

        this[added] = run;
    }

    /// <summary>Takes a run out of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="before">The run in front of it, or -1.</param>
    /// <param name="run">The run.</param>
    public void Unlink(Chain chain, int before, int run)
    {
        LinkBehind(chain, before) = this[run].Next;
        if (chain.LastRun == run)
        {
            chain.LastRun = before;
        }
    }

    /// <summary>
    /// Cuts a chain's runs in front of a rule, counted from 0, and gives the run that ends there, or -1 when it is the first rule.
    /// </summary>
    public int Cut(Chain chain, int number)
    {
        int before = -1;
        for (int run = chain.FirstRun; run >= 0 && number > 0; run = this[run].Next)
        {
            if (number < this[run].Count)
            {
                Split(chain, run, number);
            }

            number -= this[run].Count;
            before = run;
        }

        return before;
    }

    /// <summary>Cuts a chain's runs in front of a rule and behind it, and gives the run that has only this rule.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="number">The number of the rule, from 0.</param>
    /// <param name="before">The run in front of it, or -1.</param>
    public int CutOut(Chain chain, int number, out int before)
    {
        before = Cut(chain, number);
        int run = LinkBehind(chain, before);
        _ = Cut(chain, number + 1);
        return run;
    }

    /// <summary>Finds where the rule of a chain that has a number, counted from 0, stands.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="number">The number of the rule, from 0.</param>
    /// <param name="offset">Where it stands in its run's buffer.</param>
    /// <returns>Its run.</returns>
    public int Locate(Chain chain, int number, out int offset)
    {
        int run = chain.FirstRun;
        while (number >= this[run].Count)
        {
            number -= this[run].Count;
            run = this[run].Next;
        }

        offset = this[run].Offset;
        for (; number > 0; number--)
        {
            offset += LengthAt(this[run], offset);
        }

        return run;
    }

    /// <summary>How long the rule is that stands at an offset in a run's buffer.</summary>
    public int LengthAt(in Run run, int offset) => new Rule(BufferOf(run).Slice(offset, run.Offset + run.Length - offset), layout).Bytes.Length;

    /// <summary>Sets the counters of a run's rules to zero.</summary>
    public void Zero(ref Run run)
    {
        if (run is { IsAdded: false, Counters: not CounterFate.Set })
        {
            run.Counters = CounterFate.Zero;
            return;
        }

        Span<byte> rest = BytesOf(run);
        while (!rest.IsEmpty)
        {
            Rule rule = new(rest, layout);
            rule.Counters = default;
            rest = rest[rule.Bytes.Length..];
        }
    }

    private ref int LinkBehind(Chain chain, int before) => ref before < 0 ? ref chain.FirstRun : ref this[before].Next;

    private void Split(Chain chain, int run, int count)
    {
        Run rest = this[run];
        Span<byte> rules = BytesOf(rest);
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += new Rule(rules[length..], layout).Bytes.Length;
        }

        this[run].Length = length;
        this[run].Count = count;
        rest.Offset += length;
        rest.Length -= length;
        rest.Count -= count;
        rest.FirstRead += count;
        Link(chain, run, rest);
    }
}
