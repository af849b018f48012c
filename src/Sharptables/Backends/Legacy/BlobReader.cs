using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// Finds the chains in a table as the kernel returns it: a built-in chain begins at its hook's offset and ends with its policy; a
/// user-defined chain begins with an ERROR entry that holds its name and ends with a RETURN; a last ERROR entry ends the table. It takes
/// one pass and checks every offset, since the bytes come from outside.
/// </summary>
internal static class BlobReader
{
    /// <param name="info">Hooks, number and size of the entries.</param>
    /// <param name="entries">The entries; the table takes them over.</param>
    /// <param name="family">The family.</param>
    /// <param name="keepLines">Whether the entries are our own, with lines of input in them, and not the kernel's.</param>
    public static Table Read(in TableInfo info, NativeBuffer entries, Family family, bool keepLines = false)
    {
        ReadOnlySpan<byte> name = info.Name;
        int nameLength = name.IndexOf((byte)0);
        if (nameLength < 0 || info.Size != (uint)entries.Length)
        {
            throw new MalformedTableException("the table does not agree with its size");
        }

        LegacyOrigin origin = new(info);
        Table table = new(name[..nameLength], family, entries, origin);
        try
        {
            FindChains(info, table, origin, keepLines);
            return table;
        }
        catch (MalformedTableException)
        {
            table.Dispose();
            throw;
        }
    }

    private static void FindChains(in TableInfo info, Table table, LegacyOrigin origin, bool keepLines)
    {
        Span<byte> entries = table.Original.Bytes;
        RuleLayout layout = table.Layout;
        Chain? chain = null;
        int chainStart = 0, count = 0, entry = 0, firstEntry = 0, lastOffset = 0;
        uint hooks = 0;
        uint nextHook = NextHook(info, 0);
        for (int offset = 0; offset < entries.Length; entry++)
        {
            Rule rule = RuleAt(entries[offset..], layout, out ExtensionRecord target);
            int hook = -1;
            if (offset == nextHook)
            {
                hook = HookAt(info, offset);
                nextHook = NextHook(info, nextHook + 1);
            }

            bool isHead = target.IsErrorTarget;
            if (hook >= 0 || isHead)
            {
                CloseChain(info, entries);
                if (isHead)
                {
                    if (hook >= 0 || target.Payload.Length != RuleLayout.ErrorTargetSize - ExtensionRecord.HeadSize || rule.Bytes.Length != layout.ChainHeadSize)
                    {
                        throw new MalformedTableException("a chain's head has a wrong size");
                    }

                    if (offset + rule.Bytes.Length == entries.Length)
                    {
                        chain = null; // the end of the table
                        entry++;
                        break;
                    }

                    ReadOnlySpan<byte> chainName = target.Payload[..ExtensionRecord.HeadSize];
                    int end = chainName.IndexOf((byte)0);
                    chain = table.NewChain(chainName[..(end < 0 ? RuleLayout.MaxChainName : end)], hook: -1);
                    chainStart = offset + rule.Bytes.Length;
                    origin.AddChain(chain, rule, chainStart);
                    firstEntry = entry + 1;
                    offset = chainStart;
                    count = 0;
                    continue;
                }

                chain = table.NewBuiltInChain(hook);
                hooks |= 1u << hook;
                chainStart = offset;
                origin.AddChain(chainStart);
                firstEntry = entry;
                count = 0;
            }

            if (chain is null)
            {
                throw new MalformedTableException("a rule belongs to no chain");
            }

            if (target.IsStandardTarget && target.Verdict >= 0)
            {
                origin.HasJumps = true;
                if (target.Verdict == offset + rule.Bytes.Length)
                {
                    target.Verdict = Verdict.Continue;
                }
                else if (target.Verdict >= entries.Length)
                {
                    throw new MalformedTableException("a jump leads out of the table"); // and must not be mistaken for a chain's number
                }
            }

            rule.Line = keepLines ? rule.Line : 0;
            count++;
            lastOffset = offset;
            offset += rule.Bytes.Length;
        }

        if (chain is not null || entry == 0 || (uint)entry != info.NumEntries)
        {
            throw new MalformedTableException("the table does not end where it should");
        }

        if (hooks != (info.ValidHooks & ((1u << HookOffsets.Count) - 1)))
        {
            throw new MalformedTableException("a hook leads to no chain of its own");
        }

        void CloseChain(in TableInfo said, Span<byte> entries)
        {
            if (chain is null)
            {
                return;
            }

            // The last entry of a chain is its policy, or the RETURN at its end.
            if (count == 0)
            {
                throw new MalformedTableException("a chain has no end");
            }

            Rule policy = RuleAt(entries[lastOffset..], layout, out ExtensionRecord end);
            bool isBare = end.IsStandardTarget && policy.Bytes.Length == layout.PolicySize && policy.HasNoConditions;
            int verdict = isBare ? end.Verdict : Verdict.Continue;
            bool isPolicy = chain.IsBuiltIn
                ? verdict is Verdict.Accept or Verdict.Drop && said.Underflow[chain.Hook] == (uint)lastOffset
                : verdict == Verdict.Return;
            if (!isPolicy)
            {
                throw new MalformedTableException("a chain does not end with a policy");
            }

            chain.Policy = verdict;
            chain.PolicyCounters = policy.Counters;
            chain.PolicyFate = CounterFate.Keep;
            if (chain.IsBuiltIn)
            {
                origin.PolicyEntries[chain.Hook] = firstEntry + count - 1;
            }

            table.AddOriginalRun(chain, chainStart, lastOffset - chainStart, count - 1, firstEntry);
        }
    }

    /// <summary>The first rule of what is left; its size, and its target's, are valid.</summary>
    internal static Rule RuleAt(Span<byte> rest, RuleLayout layout, out ExtensionRecord target)
    {
        Rule rule = new(rest, layout);
        int targetOffset = rule.TargetOffset;
        if (targetOffset < layout.HeadSize || targetOffset > rule.Bytes.Length - ExtensionRecord.HeadSize)
        {
            throw new MalformedTableException("a rule's target lies outside of the rule");
        }

        target = rule.Target;
        if (target.IsStandardTarget && target.Bytes.Length < RuleLayout.StandardTargetSize)
        {
            throw new MalformedTableException("a verdict is cut off");
        }

        return rule;
    }

    /// <summary>Where the first chain of a hook begins from an offset on, or a place behind every table.</summary>
    private static uint NextHook(in TableInfo info, uint from)
    {
        uint next = uint.MaxValue;
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            uint entry = info.HookEntry[hook];
            next = (info.ValidHooks & (1u << hook)) != 0 && entry >= from ? Math.Min(next, entry) : next;
        }

        return next;
    }

    private static int HookAt(in TableInfo info, int offset)
    {
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            if (info.HookEntry[hook] == (uint)offset && (info.ValidHooks & (1u << hook)) != 0)
            {
                return hook;
            }
        }

        return -1;
    }
}
