using System.Text;
using Sharptables.Backends.Legacy;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Model;
using Xunit;

namespace Sharptables.Tests.Backends.Legacy;

/// <summary>Where rules are put that are added to a table of ip_tables.</summary>
public sealed class PlacementTests
{
    [Fact]
    public void Rules_that_come_out_of_order_take_no_more_memory_than_they_have_bytes()
    {
        using Table table = new("filter"u8, Family.IPv4, new NativeBuffer(0), new LegacyOrigin(default));

        // As when a cluster's rules are restored in the order of a hash table.
        const int Chains = 4000;
        for (int i = 0; i < Chains; i++)
        {
            table.AddChain(Encoding.ASCII.GetBytes($"c{i}"));
        }

        byte[] rule = new TaggedRule(1, "ACCEPT").ToBytes(Family.IPv4, Verdict.Accept);
        for (int i = 0; i < 5 * Chains; i++)
        {
            table.Append(table.Get(Encoding.ASCII.GetBytes($"c{(i % 2 == 0 ? i : i + 60) % Chains}")), rule);
        }

        long heads = (long)Chains * (table.Layout.ChainHeadSize + table.Layout.PolicySize);
        Assert.InRange(table.Added.Length, 0, (5L * Chains * rule.Length) + (2 * heads));
    }
}
