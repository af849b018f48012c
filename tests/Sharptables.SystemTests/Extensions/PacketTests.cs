using Sharptables.SystemTests.Packets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Extensions;

/// <summary>The packets of the <c>.spec</c> files: what a rule takes, what it leaves, and what then comes out of the router.</summary>
public sealed class PacketTests
{
    public static IEnumerable<object[]> Specs => SpecFile.Cases.Where(static c => c.Packets.Count > 0)
        .Select(static c => (c.File, c.Family)).Distinct().Select(static s => new object[] { s.File, s.Family });

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_rule_takes_and_leaves_what_its_spec_says(string spec, string family)
    {
        using Lab lab = new(v6: family == "ip6");
        List<string> wrong = [];
        int prepared = 0;
        foreach (SpecCase each in SpecFile.Cases.Where(c => c.File == spec && c.Family == family && c.Packets.Count > 0))
        {
            for (; prepared < each.Setup.Count; prepared++)
            {
                lab.Output("sh", "-c", each.Setup[prepared]);
            }

            CountingRule rule = CountingRule.Alone(lab, each);
            foreach (SpecPacket packet in each.Packets)
            {
                lab.ForgetConnections();
                char fate = lab.IsOverNft ? packet.FateOverNft : packet.Fate;
                if (fate == 'x' ? !rule.Drops(packet) : rule.Counts(packet) != (fate == '+'))
                {
                    wrong.Add($"{each}\n    {packet}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"not so:\n{string.Join('\n', wrong)}");
    }
}
