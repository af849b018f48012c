using System.Buffers.Binary;
using Sharptables.Backends.Legacy;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Model;
using Xunit;

namespace Sharptables.Tests.Backends.Legacy;

/// <summary>What is read from the kernel is checked: what cannot be a table is refused with a reason, and nothing else happens.</summary>
public sealed class BlobReaderTests
{
    private const int Head = 112;
    private const int NextOffset = 90;
    private const int TargetOffset = 88;
    private const int Policy = Head + 40;

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void A_table_is_read_as_it_is(string familyName)
    {
        Family family = Family.Named(familyName);
        for (int seed = 0; seed < 100; seed++)
        {
            ModelTable model = RandomTables.Table(new Random(seed), family);
            using EditedPair pair = new(model, isRead: true);
            pair.AssertAlike();
            pair.AssertLaidOutAlike();
        }
    }

    [Fact]
    public void Counters_and_policies_are_read()
    {
        ModelTable model = Small();
        model.Chains[0].PolicyCounters = new XtCounters { Packets = 7, Bytes = 700 };
        Blob blob = Blob.From(model);
        using Table table = Read(blob.Info, blob.Entries);
        Chain input = table.Get("INPUT"u8);
        Assert.Equal(Verdict.Drop, input.Policy);
        Assert.Equal(new XtCounters { Packets = 7, Bytes = 700 }, input.PolicyCounters);
        foreach (Rule rule in table.Rules(input))
        {
            Assert.Equal(new XtCounters { Packets = 11, Bytes = 22 }, rule.Counters);
            break;
        }
    }

    [Fact]
    public void What_is_cut_off_is_refused()
    {
        Blob blob = Blob.From(Small());
        for (int length = 0; length < blob.Entries.Length; length++)
        {
            byte[] cut = blob.Entries[..length];
            Refused(blob.Info, cut);
            TableInfo info = blob.Info;
            info.Size = (uint)length;
            Refused(info, cut);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Head - 1)]
    [InlineData(Head)]
    [InlineData(Head + 31)]
    [InlineData(ushort.MaxValue)]
    public void A_rule_of_a_size_that_none_has_is_refused(int size) => Refused((_, b) => Write16(b, NextOffset, size));

    [Theory]
    [InlineData(0)]
    [InlineData(Head - 8)]
    [InlineData(ushort.MaxValue)]
    [InlineData(Head + 9)]
    public void A_target_outside_of_its_rule_is_refused(int offset) => Refused((_, b) => Write16(b, TargetOffset, offset));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(ushort.MaxValue)]
    public void A_target_of_a_size_that_none_has_is_refused(int size) => Refused((_, b) => Write16(b, Head, size));

    [Theory]
    [InlineData(8)] // into the middle of a rule
    [InlineData(0)] // a built-in chain
    [InlineData(Policy + Head + 40 + 48 + 40)] // a policy
    [InlineData((2 * Policy) + Head + 40 + 48 + 40)] // another built-in chain
    [InlineData(1 << 30)]
    [InlineData((1 << 30) | 1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue - 7)]
    public void A_jump_to_what_is_no_beginning_of_a_chain_is_refused(int verdict) => Refused((_, b) => WriteVerdict(b, verdict));

    [Fact]
    public void A_jump_behind_the_end_of_the_table_is_refused() => Refused((i, b) =>
    {
        WriteVerdict(b, (int)i.Size);
        b.AsSpan((int)i.Size - Head - 64 + NextOffset + 2, 4).Clear();
    });

    [Fact]
    public void A_jump_to_what_only_looks_like_a_chain_is_refused()
    {
        // The payload of a match holds the head of a chain, byte for byte, with another chain's number in it.
        Blob blob = Blob.From(Small());
        byte[] entries = blob.Entries;
        ModelTable model = Small();
        model.Chains[0].Rules.Insert(1, new TaggedRule(5, "ACCEPT", Matches: 20));
        Blob large = Blob.From(model);
        byte[] head = entries.AsSpan((int)blob.Info.HookEntry[3] + Policy, Head + 64).ToArray();
        int place = Policy + Head + 32 + 40 + 48 + 56 + 64 + 72 + 80 + 88 + 96 + 104 + 112 + 120 + 128 + 136 + 144 + 152 + 160 + 32;
        head.CopyTo(large.Entries.AsSpan(place));
        Write32(large.Entries, place + NextOffset + 2, 2);
        WriteVerdict(large.Entries, place + head.Length);
        RefusedAs(large.Info, large.Entries);
    }

    [Fact]
    public void A_hook_that_leads_to_no_rule_is_refused()
    {
        foreach (uint offset in (uint[])[8, Policy, uint.MaxValue, 1 << 20, int.MaxValue])
        {
            Refused((ref info, _) => info.HookEntry[1] = offset);
            Refused((ref info, _) => info.Underflow[1] = offset);
        }
    }

    [Fact]
    public void Two_hooks_cannot_share_a_chain() => Refused(static (ref info, _) => info.HookEntry[1] = info.HookEntry[3]);

    [Fact]
    public void A_hook_cannot_lead_to_the_head_of_a_users_chain() =>
        Refused(static (ref info, _) => info.HookEntry[3] = info.HookEntry[3] + Policy);

    [Fact]
    public void A_table_of_hooks_it_does_not_have_is_refused() => Refused(static (ref info, _) => info.ValidHooks |= 1);

    [Fact]
    public void A_wrong_number_or_size_of_entries_is_refused()
    {
        Refused(static (ref info, _) => info.NumEntries++);
        Refused(static (ref info, _) => info.NumEntries--);
        Refused(static (ref info, _) => info.Size += 8);
        Refused(static (ref info, _) => info.Size = uint.MaxValue);
    }

    [Fact]
    public void A_name_without_an_end_is_refused() => Refused(static (ref info, _) => ((Span<byte>)info.Name).Fill((byte)'x'));

    [Fact]
    public void A_policy_with_a_condition_is_refused() => Refused((i, b) => b[(int)i.Underflow[1]] = 10);

    [Theory]
    [InlineData(Verdict.Return)]
    [InlineData(Verdict.Queue)]
    [InlineData(-3)]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    public void A_policy_that_is_none_is_refused(int verdict) => Refused((i, b) => Write32(b, (int)i.Underflow[1] + Head + 32, verdict));

    [Theory]
    [InlineData(Verdict.Accept)]
    [InlineData(Verdict.Drop)]
    public void The_end_of_a_users_chain_must_be_a_return(int verdict) =>
        Refused((i, b) => Write32(b, (int)i.Size - (Head + 64) - Policy + Head + 32, verdict));

    [Fact]
    public void A_table_without_its_last_entry_is_refused() => Refused((i, b) => b[(int)i.Size - 64 + 2] = (byte)'X');

    [Fact]
    public void An_empty_table_is_refused() => Refused(default, []);

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void Every_single_byte_may_be_wrong(string familyName)
    {
        Family family = Family.Named(familyName);
        ModelTable model = Small(family);
        Blob blob = Blob.From(model);
        for (int at = 0; at < blob.Entries.Length; at++)
        {
            foreach (byte change in (byte[])[0x01, 0x80, 0xff])
            {
                byte[] damaged = [.. blob.Entries];
                damaged[at] ^= change;
                DamagedTables.ReadAndUse(blob.Info, damaged, family);
            }
        }
    }

    private delegate void Damage(ref TableInfo info, byte[] entries);

    /// <summary>INPUT with two rules, the first of which jumps; OUTPUT empty; two chains of a user.</summary>
    private static ModelTable Small(Family? family = null)
    {
        ModelTable model = new(family ?? Family.IPv4);
        ModelChain a = new("a");
        model.Chains.Add(new ModelChain("INPUT", 1, Verdict.Drop));
        model.Chains.Add(new ModelChain("OUTPUT", 3, Verdict.Accept));
        model.Chains.Add(a);
        model.Chains.Add(new ModelChain("b"));
        model.Chains[0].Rules.Add(new TaggedRule(1, "jump", a, Packets: 11, Bytes: 22));
        model.Chains[0].Rules.Add(new TaggedRule(2, TaggedRule.None, Matches: 2));
        a.Rules.Add(new TaggedRule(3, TaggedRule.Other));
        return model;
    }

    private static void Refused(Action<TableInfo, byte[]> damage)
    {
        Blob blob = Blob.From(Small());
        damage(blob.Info, blob.Entries);
        RefusedAs(blob.Info, blob.Entries);
    }

    private static void Refused(Damage damage)
    {
        Blob blob = Blob.From(Small());
        TableInfo info = blob.Info;
        damage(ref info, blob.Entries);
        RefusedAs(info, blob.Entries);
    }

    private static void Refused(in TableInfo info, byte[] entries) => RefusedAs(info, entries);

    private static void RefusedAs(in TableInfo info, byte[] entries)
    {
        TableInfo copy = info;
        MalformedTableException refusal = Assert.Throws<MalformedTableException>(() => Read(copy, entries).Dispose());
        Assert.NotEmpty(refusal.Message);
    }

    /// <summary>Reads a table, and follows its jumps, which are looked at only then.</summary>
    private static Table Read(in TableInfo info, byte[] entries)
    {
        Table table = BlobReader.Read(info, new Blob(Family.IPv4, info, entries).ToBuffer(), Family.IPv4);
        foreach (Chain chain in table.Chains)
        {
            foreach (Rule rule in table.Rules(chain))
            {
                if (rule.Target.IsStandardTarget)
                {
                    table.JumpTarget(rule.Target.Verdict);
                }
            }
        }

        return table;
    }

    private static void Write16(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    private static void Write32(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);

    private static void WriteVerdict(byte[] bytes, int verdict) => Write32(bytes, Head + 32, verdict);
}
