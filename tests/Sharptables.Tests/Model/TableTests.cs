using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Model;

/// <summary>What each edit of a table does, and when it is refused.</summary>
public sealed class TableTests : IDisposable
{
    private readonly Table _table = new("filter"u8, Family.IPv4, new NativeBuffer(0));
    private readonly Chain _input;
    private int _tag;

    public TableTests()
    {
        _input = _table.NewChain("INPUT"u8, hook: 1);
        _table.NewChain("OUTPUT"u8, hook: 3);
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Appended_rules_stand_in_the_order_in_which_they_came()
    {
        Append(_input, 3);
        Assert.Equal([0, 1, 2], Tags(_input));
        Assert.Equal(3, _input.RuleCount);
    }

    [Theory]
    [InlineData(0, new[] { 9, 0, 1, 2 })]
    [InlineData(1, new[] { 0, 9, 1, 2 })]
    [InlineData(3, new[] { 0, 1, 2, 9 })]
    public void A_rule_is_inserted_in_front_of_the_one_that_has_the_number(int number, int[] expected)
    {
        Append(_input, 3);
        _table.Insert(_input, number, Rule(9));
        Assert.Equal(expected, Tags(_input));
    }

    [Theory]
    [InlineData(0, new[] { 1, 2 })]
    [InlineData(1, new[] { 0, 2 })]
    [InlineData(2, new[] { 0, 1 })]
    public void A_deleted_rule_is_gone_and_the_others_stay(int number, int[] expected)
    {
        Append(_input, 3);
        _table.Delete(_input, number);
        Assert.Equal(expected, Tags(_input));
        Assert.Equal(2, _input.RuleCount);
    }

    [Fact]
    public void A_rule_is_replaced_by_deleting_it_and_inserting_another_in_its_place()
    {
        Append(_input, 3);
        _table.Delete(_input, 1);
        _table.Insert(_input, 1, Rule(9));
        Assert.Equal([0, 9, 2], Tags(_input));
    }

    [Fact]
    public void A_number_that_no_rule_has_is_refused()
    {
        Append(_input, 2);
        Refused(TableError.NoSuchNumber, () => _table.Insert(_input, 3, Rule(9)));
        Refused(TableError.NoSuchNumber, () => _table.Delete(_input, 2));
        Refused(TableError.NoSuchNumber, () => _table.Zero(_input, 2));
        Refused(TableError.NoSuchNumber, () => _table.Insert(_input, int.MaxValue, Rule(9)));
        Refused(TableError.NoSuchNumber, () => _table.Delete(_input, int.MaxValue));
        Assert.Equal([0, 1], Tags(_input));
    }

    [Fact]
    public void A_flushed_chain_is_empty_and_takes_rules_again()
    {
        Append(_input, 2);
        _table.Flush(_input);
        Assert.Empty(Tags(_input));
        Append(_input, 1);
        Assert.Equal([2], Tags(_input));
    }

    [Fact]
    public void Chains_are_listed_built_in_ones_by_hook_then_those_of_users_by_the_bytes_of_their_names()
    {
        foreach (string name in (string[])["b", "a", "B", "aa", "é"])
        {
            _table.AddChain(Encoding.UTF8.GetBytes(name));
        }

        Assert.Equal(["INPUT", "OUTPUT", "B", "a", "aa", "b", "é"], Names());
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        _table.AddChain("a"u8);
        Refused(TableError.ChainExists, () => _table.AddChain("a"u8));
        Refused(TableError.ChainExists, () => _table.AddChain("INPUT"u8));
        Chain other = _table.AddChain("b"u8);
        Refused(TableError.ChainExists, () => _table.RenameChain(other, "a"u8));
        Refused(TableError.ChainExists, () => _table.RenameChain(other, "b"u8));
    }

    [Fact]
    public void A_chain_that_is_renamed_is_found_by_its_new_name_only_and_its_old_one_is_free()
    {
        Chain a = _table.AddChain("a"u8);
        _table.Append(_input, Rule(1, Verdict.JumpTo(a.Id)));
        _table.RenameChain(a, "z"u8);
        Assert.Same(a, _table.Find("z"u8));
        Assert.Null(_table.Find("a"u8));
        Chain again = _table.AddChain("a"u8);
        Assert.NotSame(a, again);
        Assert.Same(a, JumpOf(_input, 0));
        Assert.Equal(["INPUT", "OUTPUT", "a", "z"], Names());
    }

    [Fact]
    public void Thousands_of_renames_leave_every_chain_findable()
    {
        for (int i = 0; i < 50; i++)
        {
            Chain chain = _table.AddChain(Encoding.ASCII.GetBytes($"c{i}"));
            for (int j = 0; j < 100; j++)
            {
                _table.RenameChain(chain, Encoding.ASCII.GetBytes($"c{i}-{j}"));
            }
        }

        for (int i = 0; i < 50; i++)
        {
            Assert.NotNull(_table.Find(Encoding.ASCII.GetBytes($"c{i}-99")));
            Assert.Null(_table.Find(Encoding.ASCII.GetBytes($"c{i}-98")));
            Assert.Null(_table.Find(Encoding.ASCII.GetBytes($"c{i}")));
        }
    }

    [Fact]
    public void Only_an_empty_chain_of_a_user_that_nothing_jumps_to_is_deleted()
    {
        Chain a = _table.AddChain("a"u8);
        _table.Append(_input, Rule(1, Verdict.JumpTo(a.Id)));
        Append(a, 1);
        Refused(TableError.ChainInUse, () => _table.DeleteChain(a));
        _table.Delete(_input, 0);
        Refused(TableError.ChainNotEmpty, () => _table.DeleteChain(a));
        _table.Flush(a);
        _table.DeleteChain(a);
        Assert.Null(_table.Find("a"u8));
        Assert.Equal(["INPUT", "OUTPUT"], Names());
        Refused(TableError.ChainBuiltIn, () => _table.DeleteChain(_input));
        Refused(TableError.ChainBuiltIn, () => _table.RenameChain(_input, "x"u8));
    }

    [Fact]
    public void A_chain_that_jumps_to_itself_is_in_use()
    {
        Chain a = _table.AddChain("a"u8);
        _table.Append(a, Rule(1, Verdict.JumpTo(a.Id)));
        Refused(TableError.ChainInUse, () => _table.DeleteChain(a));
        _table.Flush(a);
        _table.DeleteChain(a);
    }

    [Fact]
    public void References_are_the_rules_that_jump_or_go_to_a_chain()
    {
        Chain a = _table.AddChain("a"u8);
        Assert.Equal(0, _table.References(a));
        _table.Append(_input, Rule(1, Verdict.JumpTo(a.Id)));
        _table.Append(_input, Rule(2, Verdict.JumpTo(a.Id)));
        _table.Append(_input, Rule(3, Verdict.Accept));
        Assert.Equal(2, _table.References(a));
        Chain b = _table.AddChain("b"u8);
        _table.Insert(b, 0, Rule(4, Verdict.JumpTo(a.Id)));
        Assert.Equal((3, 0), (_table.References(a), _table.References(b)));
        _table.Delete(_input, 0);
        _table.Flush(b);
        Assert.Equal(1, _table.References(a));
    }

    [Fact]
    public void Only_a_built_in_chain_has_a_policy()
    {
        _input.SetPolicy(Verdict.Drop, new XtCounters { Packets = 1, Bytes = 2 });
        Assert.Equal(Verdict.Drop, _input.Policy);
        Assert.Equal(new XtCounters { Packets = 1, Bytes = 2 }, _input.PolicyCounters);
        _input.SetPolicy(Verdict.Accept, null);
        Assert.Equal(new XtCounters { Packets = 1, Bytes = 2 }, _input.PolicyCounters);
        Refused(TableError.ChainNotBuiltIn, () => _table.AddChain("a"u8).SetPolicy(Verdict.Drop, null));
    }

    [Fact]
    public void Zeroing_an_added_rule_sets_its_counters_and_no_others()
    {
        for (int i = 0; i < 3; i++)
        {
            _table.Append(_input, new TaggedRule(i, "ACCEPT", Packets: 5, Bytes: 50).ToBytes(Family.IPv4, Verdict.Accept));
        }

        _table.Zero(_input, 1);
        Assert.Equal([5UL, 0, 5], Packets());
        _table.Zero(_input);
        Assert.Equal([0UL, 0, 0], Packets());
    }

    [Fact]
    public void A_chain_that_is_not_there_is_told_apart()
    {
        Assert.Null(_table.Find("nosuch"u8));
        Assert.Null(_table.Find(""u8));
        Refused(TableError.NoSuchChain, () => _table.Get("nosuch"u8));
    }

    private static void Refused(TableError error, Action edit) => Assert.Equal(error, Assert.Throws<TableException>(edit).Error);

    private static byte[] Rule(int tag, int verdict = Verdict.Accept) => new TaggedRule(tag, "ACCEPT").ToBytes(Family.IPv4, verdict);

    private void Append(Chain chain, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _table.Append(chain, Rule(_tag++));
        }
    }

    private List<int> Tags(Chain chain)
    {
        List<int> tags = [];
        foreach (Rule rule in _table.Rules(chain))
        {
            tags.Add(BitConverter.ToInt32(rule.Conditions));
        }

        return tags;
    }

    private List<ulong> Packets()
    {
        List<ulong> packets = [];
        foreach (Rule rule in _table.Rules(_input))
        {
            packets.Add(rule.Counters.Packets);
        }

        return packets;
    }

    private Chain? JumpOf(Chain chain, int number)
    {
        foreach (Rule rule in _table.Rules(chain))
        {
            if (number-- == 0)
            {
                return _table.JumpTarget(rule.Target.Verdict);
            }
        }

        return null;
    }

    private IEnumerable<string> Names() => _table.Chains.Select(static c => Encoding.UTF8.GetString(c.Name));
}
