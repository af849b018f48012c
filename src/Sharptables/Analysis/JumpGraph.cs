using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Model;

namespace Sharptables.Analysis;

/// <summary>The chains that each chain of a table jumps to, as numbers: one list, of which each chain has a part.</summary>
internal sealed class JumpGraph(Table table)
{
    private readonly List<int> _targets = [];
    private readonly (int First, int Count)[] _parts = new (int, int)[table.ChainsByNumber.Length];
    private int _chain;

    /// <summary>Starts the part of a chain.</summary>
    public void Begin(Chain chain)
    {
        _chain = chain.Id;
        _parts[_chain].First = _targets.Count;
    }

    /// <summary>Adds the jump of a rule, if its target is one.</summary>
    public void Add(ExtensionRecord target)
    {
        if (target.IsStandardTarget && table.JumpTarget(target.Verdict) is { } to && (_parts[_chain].Count == 0 || _targets[^1] != to.Id))
        {
            _targets.Add(to.Id);
            _parts[_chain].Count++;
        }
    }

    /// <summary>The hooks that each chain is reached from, by number.</summary>
    /// <param name="loop">The first jump found that leads back to a chain it is reached from; nothing after it is searched.</param>
    public Hooks[] ReachingHooks(out (int From, int To)? loop)
    {
        Hooks[] reached = new Hooks[table.ChainsByNumber.Length];
        bool[] isOnPath = new bool[reached.Length];
        loop = null;
        foreach (Chain chain in table.ChainsByNumber)
        {
            if (chain.IsBuiltIn && loop is null)
            {
                loop = Walk(chain.Id, (Hooks)(1 << chain.Hook), reached, isOnPath);
            }
        }

        return reached;
    }

    /// <summary>Walks depth first, with an explicit stack: a table may nest as deep as it has chains.</summary>
    private (int From, int To)? Walk(int start, Hooks hook, Hooks[] reached, bool[] isOnPath)
    {
        Stack<(int Chain, int Next)> path = new();
        reached[start] |= hook;
        isOnPath[start] = true;
        path.Push((start, 0));
        while (path.TryPop(out (int Chain, int Next) at))
        {
            ReadOnlySpan<int> targets = TargetsOf(at.Chain);
            if (at.Next == targets.Length)
            {
                isOnPath[at.Chain] = false;
                continue;
            }

            path.Push((at.Chain, at.Next + 1));
            int to = targets[at.Next];
            if (isOnPath[to])
            {
                return (at.Chain, to);
            }

            if ((reached[to] & hook) == 0)
            {
                reached[to] |= hook;
                isOnPath[to] = true;
                path.Push((to, 0));
            }
        }

        return null;
    }

    private ReadOnlySpan<int> TargetsOf(int chain) =>
        CollectionsMarshal.AsSpan(_targets).Slice(_parts[chain].First, _parts[chain].Count);
}
