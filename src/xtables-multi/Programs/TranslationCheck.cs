using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends;
using Sharptables.Editing;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>Loads saved rules, and their translation, each in an empty network namespace, and compares what the kernel then has.</summary>
/// <param name="rules">The rules.</param>
/// <param name="unsayable">Those of them that nft cannot say, which are left out on both sides.</param>
/// <param name="errors">Where to report.</param>
internal sealed class TranslationCheck(RuleSet rules, IReadOnlyList<RuleSetTranslator.Unsaid> unsayable, ErrorReport errors)
{
    private const int Incomplete = 3;

    /// <summary>Checks a translation. This process is in an empty namespace afterwards.</summary>
    /// <param name="file">The file that they are from.</param>
    /// <param name="sets">The IP sets that they ask; empty for none.</param>
    /// <param name="translation">Their translation.</param>
    /// <param name="nft">The path of nft(8).</param>
    /// <returns>The exit status: 0 if nothing differs, 1 if something does, 2 if that cannot be told, 3 if only some of it could be compared.</returns>
    public int Run(byte[] file, byte[] sets, byte[] translation, byte[] nft)
    {
        if (sets.Length > 0 && (FromNft.FindProgram("ipset") is not { } ipset
            || TranslationTraffic.Feed([ipset, "restore"u8.ToArray()], Encoding.Latin1.GetString(sets), showErrors: true) != 0))
        {
            errors.Message("ipset(8), which makes the IP sets, is not installed or does not accept them");
            return 2;
        }

        ExtensionSet extensions = new(rules.Extensions.Family);
        TranslationTraffic traffic = TranslationTraffic.For(rules, nft);
        List<ulong[]> counts = [];
        string? ends;
        using (ITables original = KernelTables.Open(KernelInterface.Nft, extensions))
        {
            using (Restore restore = new(original, new RestoreOptions($"{extensions.Family.Program}-restore"), new Output(Output.Nowhere), static _ => { }, takeLock: null))
            {
                restore.Run(new LineReader(file)); // the kernel, too, must take them
            }

            LeaveOut(original);

            ends = traffic.Send();
            foreach (Table table in rules.Tables)
            {
                using Table its = Read(original, table);
                foreach (Chain chain in table.Chains)
                {
                    counts.Add(Counts(its, chain));
                }
            }
        }

        if (!EmptyNetwork.TryEnter() || TranslationTraffic.Feed([nft, "-f"u8.ToArray(), "-"u8.ToArray()], Encoding.Latin1.GetString(translation), showErrors: true) != 0)
        {
            errors.Message("nft(8) does not accept the translation");
            return 2;
        }

        string? otherEnds = traffic.Send();
        TableComparison comparison = new(rules.Extensions, extensions);
        List<string> byPackets = [];
        int place = 0, taken = 0;
        using (ITables loaded = KernelTables.Open(KernelInterface.Nft, extensions))
        {
            foreach (Table table in rules.Tables)
            {
                using Table other = Read(loaded, table);
                foreach (Chain chain in table.Chains)
                {
                    byte[] name = Encoding.ASCII.GetBytes(NftWords.NameFor(chain.Name));
                    if (!name.AsSpan().SequenceEqual(chain.Name))
                    {
                        table.RenameChain(chain, name);
                    }

                    ulong[] its = counts[place++], others = Counts(other, chain);
                    taken += Array.FindAll(its, static count => count > 0).Length;
                    for (int i = 0; i < its.Length && i < others.Length; i++)
                    {
                        if (its[i] != others[i])
                        {
                            byPackets.Add($"{MessageText.Of(table.Name)}: chain {MessageText.Of(chain.Name)}, rule {i + 1}: takes {others[i]} packets instead of {its[i]}");
                        }
                    }
                }

                comparison.Compare(table, other);
            }
        }

        if (ends != otherEnds)
        {
            byPackets.Add($"of the packets that were sent, others come out:\n{otherEnds}instead of:\n{ends}");
        }

        // A limit that is filled up meanwhile is no fault of the translation.
        bool isOfTheMoment = new List<Extension>(rules.Extensions.Built).Exists(static extension => extension.IsOfTheMoment);
        int differ = comparison.Differences.Count + (isOfTheMoment ? 0 : byPackets.Count);
        foreach (string difference in comparison.Differences)
        {
            errors.Line($"differs: {difference}");
        }

        foreach (string difference in byPackets)
        {
            errors.Line($"differs{(isOfTheMoment ? ", which a limit or chance may be the reason of" : "")}: {difference}");
        }

        foreach (string unread in comparison.Unread)
        {
            errors.Line($"not compared: {unread}");
        }

        errors.Line(traffic.Count > 0 && (ends is null || otherEnds is null) ? "Not compared by packets: ip(8) is not installed, or cannot make interfaces here."
            : $"{traffic.Count} packets were sent; {taken} rules took some.");
        int missing = comparison.Unread.Count + unsayable.Count;
        errors.Line($"{comparison.Same} rules are the same, {differ} differ, {missing} could not be compared.");
        return differ > 0 ? 1 : missing > 0 ? Incomplete : 0;
    }

    /// <summary>Deletes rules that nft cannot say from those in force, and from those to compare.</summary>
    private void LeaveOut(ITables inForce)
    {
        foreach (Table table in rules.Tables)
        {
            List<RuleSetTranslator.Unsaid> unsaid = [.. unsayable];
            _ = unsaid.RemoveAll(each => each.Table != table);
            if (unsaid.Count == 0)
            {
                continue;
            }

            using Table its = Read(inForce, table);
            unsaid.Sort(static (one, other) => other.Number - one.Number); // the last first, so that the numbers of others stay
            foreach (RuleSetTranslator.Unsaid each in unsaid)
            {
                its.Delete(its.Get(each.Chain.Name), each.Number - 1);
                table.Delete(each.Chain, each.Number - 1);
                errors.Line($"not compared: {MessageText.Of(table.Name)}: chain {MessageText.Of(each.Chain.Name)}, line {each.Line}: nft cannot say {each.What}");
            }

            inForce.Write(its);
        }
    }

    private static Table Read(ITables tables, Table table)
    {
        Table its = tables.Read(table.Name);
        its.ReadAll();
        return its;
    }

    /// <summary>How many packets each rule of a chain has taken.</summary>
    private static ulong[] Counts(Table table, Chain chain)
    {
        List<ulong> counts = [];
        if (table.Find(chain.Name) is { } its)
        {
            foreach (Rule rule in table.Rules(its))
            {
                counts.Add(rule.Counters.Packets);
            }
        }

        return [.. counts];
    }
}
