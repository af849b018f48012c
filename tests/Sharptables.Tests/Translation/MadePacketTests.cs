using Sharptables.Editing;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Testing;
using Sharptables.Tests.Packets;
using Sharptables.Translation;
using Xunit;

namespace Sharptables.Tests.Translation;

/// <summary>The packets by which a translation is tried.</summary>
public sealed class MadePacketTests
{
    /// <summary>For each rule that is nothing but conditions: whatever bytes can make true is true.</summary>
    [Fact]
    public void A_packet_is_taken_by_the_rule_that_it_is_made_for()
    {
        DeclaredRule[] rules = [.. DeclaredRule.All.Where(static rule => rule.Conditions.DistinctBy(static condition => condition.Field).Count() == rule.Conditions.Count
            && rule.Conditions.All(static condition => Meaning.Example(condition, 100) is { } value && (condition.Field != Field.Meta.Length || (value >= 48 && value <= 1200))))];
        string[] wrong = [.. rules.Where(static rule => rule.Ask(Made(rule)) is Answer.No or Answer.Dropped).Select(static rule => $"{rule}")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {rules.Length} left:\n{string.Join('\n', wrong)}");
        Assert.True(rules.Length > 300, $"only {rules.Length} rules");
    }

    [Fact]
    public void It_takes_the_way_to_the_rule()
    {
        using RuleSet rules = RuleSet.Parse("*filter\n:own -\n-A OUTPUT -d 192.0.2.1 -o eth7 -j own\n-A own -p tcp -m tcp --dport 22\nCOMMIT\n"u8.ToArray(), Family.IPv4);
        MadePacket packet = MadePacket.For(rules)[1];
        Assert.Equal(("OUTPUT", "eth7", "C0000201"), (packet.Chain, packet.Out, Convert.ToHexString(packet.Destination)));
        Assert.Equal((Protocol: 6, Port: 22), (packet.Bytes[9], (packet.Bytes[22] << 8) | packet.Bytes[23]));
    }

    private static Sharptables.Packets.Packet Made(DeclaredRule rule) => new(new MadePacket(
        rule.Family, hook: 1, [.. rule.Protocol == 0 ? (Condition[])[] : [new(Field.Ip.Protocol.In(rule.Family), Values.Only(rule.Protocol), IsInverted: false)], .. rule.Conditions]).Bytes);
}
