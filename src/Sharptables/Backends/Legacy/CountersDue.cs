using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>What to add to the counters of a table that was written: the kernel begins them at zero.</summary>
/// <param name="table">The table.</param>
/// <param name="origin">What ip_tables said of it when it was read.</param>
/// <param name="blob">The entries that were written.</param>
/// <param name="entries">How many they are.</param>
internal readonly struct CountersDue(Table table, LegacyOrigin origin, NativeBuffer blob, int entries)
{
    /// <summary>Puts it together.</summary>
    /// <param name="old">What the kernel had counted when the table was replaced, by old entry.</param>
    /// <param name="toAdd">What to add, by new entry.</param>
    /// <returns>Whether there is anything to add.</returns>
    public bool Write(NativeBuffer old, NativeBuffer toAdd)
    {
        if (!table.AddedHasCounters && !SetsPolicyCounters() && !old.Bytes.ContainsAnyExcept((byte)0))
        {
            return false;
        }

        toAdd.SetLength(entries * 16);
        toAdd.Bytes.Clear();
        Span<XtCounters> from = MemoryMarshal.Cast<byte, XtCounters>(old.Bytes);
        Span<XtCounters> to = MemoryMarshal.Cast<byte, XtCounters>(toAdd.Bytes);
        int entry = 0;
        int offset = 0;
        foreach (Chain chain in table.Chains)
        {
            entry += chain.IsBuiltIn ? 0 : 1;
            offset += chain.IsBuiltIn ? 0 : table.Layout.ChainHeadSize;
            foreach (ref Run run in table.Runs.Of(chain))
            {
                if (run.Counters == CounterFate.Keep)
                {
                    from.Slice(run.FirstRead, run.Count).CopyTo(to[entry..]);
                }
                else
                {
                    int at = offset;
                    for (int i = 0; i < run.Count; i++)
                    {
                        Rule rule = new(blob.Bytes[at..], table.Layout);
                        to[entry + i] = run.Counters == CounterFate.Set ? rule.Counters : Since(from[run.FirstRead + i], rule.Counters);
                        at += rule.Bytes.Length;
                    }
                }

                entry += run.Count;
                offset += run.Length;
            }

            if (chain.IsBuiltIn)
            {
                to[entry] = chain.PolicyFate switch
                {
                    CounterFate.Set => chain.PolicyCounters,
                    CounterFate.Zero => Since(from[origin.PolicyEntries[chain.Hook]], chain.PolicyCounters),
                    _ => from[origin.PolicyEntries[chain.Hook]],
                };
            }

            entry++;
            offset += table.Layout.PolicySize;
        }

        return true;
    }

    private static XtCounters Since(XtCounters now, XtCounters then) => new() { Packets = now.Packets - then.Packets, Bytes = now.Bytes - then.Bytes };

    private bool SetsPolicyCounters()
    {
        foreach (Chain chain in table.Chains)
        {
            if (chain is { IsBuiltIn: true, PolicyFate: CounterFate.Set } && !chain.PolicyCounters.IsZero)
            {
                return true;
            }
        }

        return false;
    }
}
