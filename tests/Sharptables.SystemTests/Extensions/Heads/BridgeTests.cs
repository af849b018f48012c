using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Heads;

/// <summary>The conditions of ebtables on real frames, which cross a bridge between the two cables.</summary>
public sealed class BridgeTests
{
    private const string Plain = "020000000009 020000000002 0800";

    [Theory]
    [InlineData("-p IPv4", Plain, "020000000009 020000000002 0806")]
    [InlineData("-p ! IPv4", "020000000009 020000000002 0806", Plain)]
    [InlineData("-p 88b5", "020000000009 020000000002 88b5", Plain)]
    [InlineData("-p LENGTH", "020000000009 020000000002 0026", Plain)]
    [InlineData("-p ! LENGTH", Plain, "020000000009 020000000002 0026")]
    [InlineData("-s 02:00:00:00:00:02", Plain, "020000000009 020000000003 0800")]
    [InlineData("-s ! 02:00:00:00:00:02", "020000000009 020000000003 0800", Plain)]
    [InlineData("-s 02:00:00:00:00:00/ff:ff:ff:ff:ff:00", Plain, "020000000009 060000000002 0800")]
    [InlineData("-d Multicast", "01005e000001 020000000002 88b5", Plain)]
    [InlineData("-d Broadcast", "ffffffffffff 020000000002 0800", "01005e000001 020000000002 0800")]
    [InlineData("-d Unicast", Plain, "ffffffffffff 020000000002 0800")]
    [InlineData("-d 02:00:00:00:00:09/00:00:00:00:00:0f", "060000000009 020000000002 0800", "020000000008 020000000002 0800")]
    [InlineData("-i LAN1 -o WAN+", Plain, null)]
    public void A_rule_takes_what_it_says(string rule, string taken, string? left)
    {
        using Lab lab = Bridged();
        lab.Run("ebtables -A FORWARD -d 02:ff:ff:ff:ff:ff");
        Assert.True(Lab.Eventually(() => Send(lab, "02ffffffffff 020000000002 88b5") && Count(lab) > 0), "the bridge forwards nothing");
        lab.Run($"ebtables -F FORWARD ; ebtables -A FORWARD {rule}");
        Send(lab, taken);
        Assert.True(Lab.Eventually(() => Count(lab) == 1), lab.Output("ebtables-save", "-c"));
        if (left is not null)
        {
            Send(lab, left);
            Send(lab, taken);
            Assert.True(Lab.Eventually(() => Count(lab) == 2), lab.Output("ebtables-save", "-c"));
        }
    }

    /// <summary>What reaches the end of a user's chain meets its policy.</summary>
    [Theory]
    [InlineData("DROP", 0)]
    [InlineData("ACCEPT", 0)]
    [InlineData("RETURN", 1)]
    public void The_policy_of_a_users_chain_is_met(string policy, int returned)
    {
        using Lab lab = Bridged();
        lab.Run($"ebtables -N u -P {policy} ; ebtables -A u -p ARP ; ebtables -A FORWARD -p 88b5 -j u ; ebtables -A FORWARD -p 88b5");
        Assert.True(Lab.Eventually(() => Send(lab, "020000000009 020000000002 88b5") && Counts(lab)[0] > 0), "the bridge forwards nothing");
        Assert.Equal(returned > 0, Counts(lab)[1] > 0);
    }

    /// <summary>A lab whose router is a bridge, which does not look at what is in a frame.</summary>
    private static Lab Bridged()
    {
        Lab lab = new();
        lab.Run("ip link add br0 type bridge ; ip link set LAN1 master br0 ; ip link set WAN1 master br0 ; ip link set br0 up");
        lab.Setting("bridge/bridge-nf-call-iptables", "0");
        return lab;
    }

    private static bool Send(Lab lab, string head)
    {
        lab.Lan.Send(Convert.FromHexString(head.Replace(" ", "", StringComparison.Ordinal) + new string('0', 92)));
        return true;
    }

    private static int Count(Lab lab) => Counts(lab)[0];

    /// <summary>The packets that the rules have counted, in order.</summary>
    private static int[] Counts(Lab lab) =>
    [
        .. lab.Output("ebtables-save", "-c").Split('\n').Where(static line => line.StartsWith('['))
            .Select(static line => int.Parse(line[1..line.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
