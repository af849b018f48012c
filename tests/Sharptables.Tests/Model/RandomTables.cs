using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Tests.Model;

/// <summary>Random tables and random sequences of edits; the same seed gives the same.</summary>
internal static class RandomTables
{
    private static readonly int[][] s_hooks = [[1, 2, 3], [0, 3], [0, 1, 2, 3, 4], [0, 1, 3, 4]];
    private static readonly string[] s_hookNames = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];
    private static readonly string[] s_chains = ["a", "b", "Bb", "chain", "KUBE-SVC", "zz"];

    public static ModelTable Table(Random random, Family family, int largest = 12)
    {
        ModelTable model = new(family);
        foreach (int hook in s_hooks[random.Next(s_hooks.Length)])
        {
            model.Chains.Add(new ModelChain(s_hookNames[hook], hook, random.Next(2) == 0 ? Verdict.Accept : Verdict.Drop)
            {
                PolicyCounters = new XtCounters { Packets = (ulong)random.Next(3), Bytes = (ulong)random.Next(300) },
            });
        }

        List<ModelChain> users = [.. s_chains.Where(_ => random.Next(2) == 0).Select(static n => new ModelChain(n))];
        model.Chains.AddRange(random.Next(4) == 0 ? users : users.OrderBy(static c => c.Name, StringComparer.Ordinal));
        int tag = 1;
        foreach (ModelChain chain in model.Chains)
        {
            for (int i = random.Next(4) == 0 ? 0 : random.Next(largest); i > 0; i--)
            {
                string target = ((string[])["ACCEPT", "DROP", "RETURN", "QUEUE", TaggedRule.None, TaggedRule.Other, "jump", "goto"])[random.Next(8)];
                ModelChain? to = target is "jump" or "goto" && users.Count > 0 ? users[random.Next(users.Count)] : null;
                chain.Rules.Add(new TaggedRule(
                    tag++, to is null && target is "jump" or "goto" ? "ACCEPT" : target, to, random.Next(4), (ulong)random.Next(100), (ulong)random.Next(9999)));
            }
        }

        return model;
    }

    /// <summary>Edits of all kinds, or, every other time, what a restore does: chains first, then rules, chain by chain or not.</summary>
    public static List<Edit> Edits(Random random, int count)
    {
        List<Edit> edits = [];
        bool isRestore = random.Next(2) == 0;
        if (isRestore)
        {
            if (random.Next(3) > 0)
            {
                edits.Add(new Edit(EditKind.Empty, 0, 0, 0));
            }

            for (int i = random.Next(8); i > 0; i--)
            {
                edits.Add(new Edit(EditKind.AddChain, 0, 0, random.Next(1000)));
            }

            int order = random.Next(3); // in order, backwards, anyhow
            for (int i = 0; i < count; i++)
            {
                int chain = order == 0 ? i * 9 / count : order == 1 ? 9 - (i * 9 / count) : random.Next(1000);
                edits.Add(new Edit(random.Next(20) == 0 ? AnyKind(random) : EditKind.Append, chain, random.Next(1000), random.Next(1000)));
            }
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                edits.Add(new Edit(AnyKind(random), random.Next(1000), random.Next(1000), random.Next(1000)));
            }
        }

        return edits;
    }

    /// <summary>Shrinks a failure: leaves out ever smaller pieces, until no single edit can be left out.</summary>
    public static List<Edit> Shrink(List<Edit> edits, Func<List<Edit>, bool> fails)
    {
        for (int piece = edits.Count / 2; piece > 0; piece /= 2)
        {
            for (int at = 0; at + piece <= edits.Count;)
            {
                List<Edit> without = [.. edits[..at], .. edits[(at + piece)..]];
                if (fails(without))
                {
                    edits = without;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return edits;
    }

    private static EditKind AnyKind(Random random) =>
        random.Next(3) == 0 ? EditKind.Append : random.Next(40) == 0 ? EditKind.Empty : (EditKind)random.Next((int)EditKind.Empty);
}
