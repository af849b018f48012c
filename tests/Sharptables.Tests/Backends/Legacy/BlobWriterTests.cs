using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Backends.Legacy;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Model;
using Xunit;

namespace Sharptables.Tests.Backends.Legacy;

/// <summary>How a table is laid out for the kernel, and where: rules stay in their buffer whenever their order allows it.</summary>
public sealed class BlobWriterTests
{
    [Theory]
    [InlineData("IPv4", 112)]
    [InlineData("IPv6", 168)]
    public void An_empty_table_is_its_policies_and_an_end(string familyName, int head)
    {
        Family family = Family.Named(familyName);
        ModelTable model = new(family);
        model.Chains.Add(new ModelChain("PREROUTING", 0, Verdict.Accept));
        model.Chains.Add(new ModelChain("OUTPUT", 3, Verdict.Drop));
        using EditedPair pair = new(model, isRead: false);
        using BlobWriter writer = new(pair.Table, pair.Origin);
        TableInfo info = writer.Layout();
        Assert.Equal((3U, (uint)((3 * head) + 40 + 40 + 64)), (info.NumEntries, info.Size));
        Assert.Equal((0U, (uint)(head + 40)), (info.HookEntry[0], info.HookEntry[3]));
        Assert.Equal((0U, (uint)(head + 40)), (info.Underflow[0], info.Underflow[3]));
    }

    [Fact]
    public void What_was_read_and_not_edited_is_written_byte_for_byte_in_its_own_buffer()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            ModelTable model = RandomTables.Table(new Random(seed), Family.IPv4);
            model.Chains.ForEach(static c => c.PolicyCounters = default);
            Blob blob = Blob.From(model);
            using Table table = BlobReader.Read(blob.Info, blob.ToBuffer(), Family.IPv4);
            using BlobWriter writer = new(table, (LegacyOrigin)table.Origin);
            TableInfo info = writer.Layout();
            Assert.Same(table.Original, writer.Blob);
            byte[] written = writer.Blob.Slice(0, (int)info.Size).ToArray();
            ClearScratch(written);
            Assert.Equal(blob.Entries, written);
            Assert.Equal(MemoryMarshal.AsBytes([blob.Info]).ToArray(), MemoryMarshal.AsBytes([info]).ToArray());
        }
    }

    [Fact]
    public void A_rule_added_to_a_large_table_is_put_between_those_that_stay()
    {
        using EditedPair pair = new(Large(), isRead: true);
        pair.Apply(new Edit(EditKind.Insert, 0, 500, 64)); // all behind it go towards the end
        AssertHome(pair, pair.Table.Original);
    }

    [Fact]
    public void What_is_left_of_a_large_table_closes_the_gaps()
    {
        using EditedPair pair = new(Large(), isRead: true);
        for (int i = 0; i < 300; i++)
        {
            pair.Apply(new Edit(EditKind.Delete, 0, i, 0)); // every other one
        }

        AssertHome(pair, pair.Table.Original);
    }

    [Fact]
    public void Rules_go_left_and_right_in_one_layout()
    {
        using EditedPair pair = new(Large(), isRead: true);
        for (int i = 0; i < 100; i++)
        {
            pair.Apply(new Edit(EditKind.Delete, 0, 0, 0));
        }

        for (int i = 0; i < 150; i++)
        {
            pair.Apply(new Edit(EditKind.Insert, 1, 100, 64 * 3));
        }

        AssertHome(pair, pair.Table.Original);
    }

    [Fact]
    public void A_restore_in_order_is_laid_out_where_its_rules_were_put()
    {
        using EditedPair pair = new(Large(), isRead: false);
        for (int i = 0; i < 8; i++)
        {
            pair.Apply(new Edit(EditKind.AddChain, 0, 0, i));
        }

        // The order of iptables-save is that of names; the chains were made in another.
        foreach (ModelChain chain in pair.Model.Ordered)
        {
            for (int i = 0; i < 20; i++)
            {
                pair.Apply(new Edit(EditKind.Append, pair.Model.Chains.IndexOf(chain), 0, i));
            }
        }

        AssertHome(pair, pair.Table.Added);
    }

    [Fact]
    public void A_restore_out_of_order_is_copied_together()
    {
        using EditedPair pair = new(Large(), isRead: false);
        for (int i = 0; i < 90; i++)
        {
            pair.Apply(new Edit(EditKind.Append, i, 0, i));
        }

        AssertHome(pair, null);
    }

    [Fact]
    public void A_chain_that_is_renamed_past_another_takes_its_rules_along()
    {
        ModelTable model = new(Family.IPv4);
        ModelChain a = new("a");
        ModelChain b = new("b");
        model.Chains.AddRange([new ModelChain("INPUT", 1, Verdict.Accept), a, b]);
        model.Chains[0].Rules.Add(new TaggedRule(1, "goto", b));
        a.Rules.Add(new TaggedRule(2, "jump", b));
        b.Rules.Add(new TaggedRule(3, TaggedRule.None, Matches: 3));
        using EditedPair pair = new(model, isRead: true);
        pair.Apply(new Edit(EditKind.RenameChain, 1, 0, 9)); // zz
        Assert.Equal(["INPUT", "b", "zz"], pair.Model.Ordered.Select(static c => c.Name));
        AssertHome(pair, null);
    }

    [Fact]
    public void Counters_of_rules_that_stay_go_on_those_that_were_zeroed_keep_what_came_since_and_new_ones_begin_as_said()
    {
        ModelTable model = new(Family.IPv4);
        model.Chains.Add(new ModelChain("INPUT", 1, Verdict.Accept) { PolicyCounters = new XtCounters { Packets = 5, Bytes = 5 } });
        for (int i = 0; i < 3; i++)
        {
            model.Chains[0].Rules.Add(new TaggedRule(i, "ACCEPT", Packets: 10, Bytes: 10));
        }

        Blob blob = Blob.From(model);
        using Table table = BlobReader.Read(blob.Info, blob.ToBuffer(), Family.IPv4);
        Chain input = table.Get("INPUT"u8);
        table.Zero(input, 1);
        table.Delete(input, 0);
        table.Insert(input, 1, new TaggedRule(9, "DROP", Packets: 1, Bytes: 2).ToBytes(Family.IPv4, Verdict.Drop));
        using BlobWriter writer = new(table, (LegacyOrigin)table.Origin);
        writer.Layout();
        XtCounters[] now = [Count(100), Count(17), Count(300), Count(6), Count(0)];
        using NativeBuffer old = new(0);
        old.SetLength(16 * now.Length);
        MemoryMarshal.AsBytes(now.AsSpan()).CopyTo(old.Bytes);
        using NativeBuffer toAdd = new(0);
        Assert.True(writer.CountersToAdd(old, toAdd));
        Assert.Equal(
            [Count(7), new XtCounters { Packets = 1, Bytes = 2 }, Count(300), Count(6), Count(0)],
            MemoryMarshal.Cast<byte, XtCounters>(toAdd.Bytes).ToArray());
    }

    [Fact]
    public void Nothing_is_added_where_nothing_was_counted()
    {
        using EditedPair pair = new(Large(), isRead: false);
        using BlobWriter writer = new(pair.Table, pair.Origin);
        writer.Layout();
        using NativeBuffer old = new(0);
        old.SetLength(16 * 4);
        using NativeBuffer toAdd = new(0);
        Assert.False(writer.CountersToAdd(old, toAdd));
    }

    [Fact]
    public void A_table_of_many_chains_is_laid_out_in_the_order_of_their_names()
    {
        using Table table = new("nat"u8, Family.IPv6, new NativeBuffer(0), new LegacyOrigin(default));
        table.NewChain("PREROUTING"u8, 0).SetPolicy(Verdict.Accept, default(XtCounters));
        Random random = new(1);
        string[] names = [.. Enumerable.Range(0, 3000).Select(static i => $"KUBE-{i * 7919 % 3000:x4}")];
        foreach (string name in names)
        {
            table.AddChain(Encoding.ASCII.GetBytes(name));
        }

        foreach (string name in names.OrderBy(_ => random.Next()))
        {
            Chain chain = table.Get(Encoding.ASCII.GetBytes(name));
            Chain to = table.Get(Encoding.ASCII.GetBytes(names[random.Next(names.Length)]));
            table.Append(chain, new TaggedRule(chain.Id, "jump", new ModelChain("")).ToBytes(Family.IPv6, Verdict.JumpTo(to.Id)));
        }

        using BlobWriter writer = new(table, (LegacyOrigin)table.Origin);
        TableInfo info = writer.Layout();
        info.ValidHooks = 1;
        "nat"u8.CopyTo(info.Name);
        ModelTable laidOut = new Blob(Family.IPv6, info, writer.Blob.Slice(0, (int)info.Size).ToArray()).ToModel();
        Assert.Equal(names.Order(StringComparer.Ordinal), laidOut.Chains.Skip(1).Select(static c => c.Name));
        Assert.All(laidOut.Chains.Skip(1), static c => Assert.Equal("jump", Assert.Single(c.Rules).Target));
    }

    [Fact]
    public void A_large_table_that_comes_out_of_order_is_copied_together_and_what_it_was_copied_from_given_back()
    {
        using Table table = new("nat"u8, Family.IPv6, new NativeBuffer(0), new LegacyOrigin(default));
        table.NewChain("PREROUTING"u8, 0).SetPolicy(Verdict.Accept, default(XtCounters));
        Random random = new(1);
        string[] names = [.. Enumerable.Range(0, 3000).Select(static i => $"KUBE-{i * 7919 % 3000:x4}")];
        Array.ForEach(names, name => table.AddChain(Encoding.ASCII.GetBytes(name)));
        foreach (int place in Enumerable.Range(0, 4 * names.Length).OrderBy(_ => random.Next()))
        {
            Chain chain = table.Get(Encoding.ASCII.GetBytes(names[place % names.Length]));
            TaggedRule rule = new((chain.Id * 10) + chain.RuleCount, "jump", new ModelChain(""));
            table.Append(chain, rule.ToBytes(Family.IPv6, Verdict.JumpTo(chain.Id)));
        }

        Assert.True(table.Added.Length > 2 * Placement.Grouped);
        using BlobWriter writer = new(table, (LegacyOrigin)table.Origin);
        TableInfo info = writer.Layout();
        info.ValidHooks = 1;
        "nat"u8.CopyTo(info.Name);
        ModelTable laidOut = new Blob(Family.IPv6, info, writer.Blob.Slice(0, (int)info.Size).ToArray()).ToModel();
        Assert.Equal(names.Order(StringComparer.Ordinal), laidOut.Chains.Skip(1).Select(static c => c.Name));
        foreach (ModelChain chain in laidOut.Chains.Skip(1))
        {
            int first = table.Get(Encoding.ASCII.GetBytes(chain.Name)).Id * 10;
            Assert.Equal([first, first + 1, first + 2, first + 3], chain.Rules.Select(static r => r.Tag));
            Assert.All(chain.Rules, r => Assert.Same(chain, r.To));
        }

        Assert.False(table.Added.Bytes.ContainsAnyExcept((byte)0));
    }

    private static XtCounters Count(ulong count) => new() { Packets = count, Bytes = count };

    private static ModelTable Large()
    {
        ModelTable model = new(Family.IPv4);
        model.Chains.Add(new ModelChain("INPUT", 1, Verdict.Accept));
        model.Chains.Add(new ModelChain("FORWARD", 2, Verdict.Drop));
        model.Chains.Add(new ModelChain("OUTPUT", 3, Verdict.Accept));
        ModelChain user = new("chain");
        model.Chains.Add(user);
        foreach (ModelChain chain in model.Chains)
        {
            for (int i = 0; i < 400; i++)
            {
                string target = ((string[])["ACCEPT", TaggedRule.None, chain == user ? "RETURN" : "jump", TaggedRule.Other])[i % 4];
                chain.Rules.Add(new TaggedRule((chain.Hook * 1000) + i + 1000, target, target == "jump" ? user : null, i % 3));
            }
        }

        return model;
    }

    private static void AssertHome(EditedPair pair, NativeBuffer? home)
    {
        pair.AssertAlike();
        NativeBuffer used = pair.AssertLaidOutAlike();
        Assert.Equal(home is null, used != pair.Table.Original && used != pair.Table.Added);
        if (home is not null)
        {
            Assert.Same(home, used);
        }
    }

    /// <summary>The kernel ignores what stands in <c>comefrom</c>.</summary>
    private static void ClearScratch(byte[] entries)
    {
        for (int at = 0; at < entries.Length; at += MemoryMarshal.Read<ushort>(entries.AsSpan(at + 90)))
        {
            Assert.NotEqual(0, MemoryMarshal.Read<ushort>(entries.AsSpan(at + 90)));
            entries.AsSpan(at + 92, 4).Clear();
        }
    }
}
