using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>The memory of rules that are in a batch already.</summary>
public sealed class WrittenRulesTests
{
    private const int Many = 2000; // more than a block of memory

    [Fact]
    public void Rules_that_were_given_back_are_read_from_the_batch()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        for (int i = 0; i < Many; i++)
        {
            test.Run($"-A INPUT -s 10.0.{i >> 8}.{i & 255} -p tcp -m tcp --dport {i} -m comment --comment {i} -j ACCEPT", line: i + 1);
        }

        byte[] before = test.Table.Added.Bytes.ToArray();
        using NativeBuffer batch = new(4096);
        WrittenRules written = Write(test, batch);
        Assert.False(test.Table.Added.Bytes.SequenceEqual(before));

        written.PutBack(batch, new RuleReader(test.Table, test.Extensions));
        Assert.True(test.Table.Added.Bytes.SequenceEqual(before));
    }

    /// <summary>What becomes a statement of nf_tables is not known to be read as the same bytes.</summary>
    [Fact]
    public void Nothing_is_given_back_behind_a_rule_that_would_be_read_as_another()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT -m limit --limit 5/hour -j ACCEPT");
        for (int i = 0; i < Many; i++)
        {
            test.Run($"-A INPUT -s 10.0.{i >> 8}.{i & 255} -j ACCEPT");
        }

        byte[] before = test.Table.Added.Bytes.ToArray();
        using NativeBuffer batch = new(4096);
        _ = Write(test, batch);
        Assert.True(test.Table.Added.Bytes.SequenceEqual(before));
    }

    private static WrittenRules Write(TableUnderTest test, NativeBuffer batch)
    {
        NetlinkWriter to = new(batch);
        RuleWriter writer = new(test.Table, test.Extensions, to) { ExpectsMany = true };
        WrittenRules written = new(test.Table) { IsGivingBack = true };
        for (int at = 0, end = test.Table.Added.Length; at < end;)
        {
            Rule rule = new(test.Table.Added.Slice(at, end - at), test.Table.Layout);
            int length = rule.Bytes.Length;
            to.Begin(NfTables.Message.NewRule, flags: 0, sequence: 0, Family.IPv4.Number, note: rule.Line);
            bool isReadAsItIs = writer.WriteExpressions(rule);
            to.End();
            written.Add(at, length, isReadAsItIs);
            at += length;
        }

        return written;
    }
}
