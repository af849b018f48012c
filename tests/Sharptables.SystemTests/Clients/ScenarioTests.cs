using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Clients;

/// <summary>Firewall scripts as people run them, and what happens to packets then.</summary>
public sealed class ScenarioTests
{
    /// <summary>Each row: scripts in order, packets sent, and what is heard last: a packet on a cable, or nothing.</summary>
    [Theory]
    // A personal firewall: everything from outside is dropped, without an answer.
    [InlineData("personal-firewall.sh", "nothing", "wan>router tcp dport=22")]
    [InlineData("personal-firewall.sh", "nothing", "wan>router icmp")]
    [InlineData("personal-firewall.sh", "nothing", "lan>wan udp")]
    [InlineData("personal-firewall.sh", "wan 203.0.113.1:40000 > 203.0.113.9:53 udp", "router>wan udp dport=53")]
    // The masquerading router: from inside to outside and back, and no other way.
    [InlineData("masquerading-router.sh", "wan 203.0.113.1:40000 > 203.0.113.9:80 tcp syn", "lan>wan tcp dport=80")]
    [InlineData("masquerading-router.sh", "lan 203.0.113.9:53 > 192.168.1.2:40000 udp",
        "lan>wan udp dport=53", "wan>router udp sport=53 dport=40000")]
    [InlineData("masquerading-router.sh", "nothing", "wan>lan tcp dport=80")]
    [InlineData("masquerading-router.sh", "nothing", "wan>router tcp dport=22")]
    [InlineData("masquerading-router.sh", "nothing", "router>wan udp")]
    // With services on top.
    [InlineData("masquerading-router.sh busybox.sh", "wan 203.0.113.1 > 203.0.113.9 icmp 0/0", "wan>router icmp")]
    [InlineData("masquerading-router.sh busybox.sh", "wan 203.0.113.1:113 > 203.0.113.9:40000 tcp rst ack", "wan>router tcp dport=113")]
    [InlineData("masquerading-router.sh busybox.sh", "wan 203.0.113.1 > 203.0.113.9 icmp 3/3", "wan>router tcp dport=25")]
    [InlineData("masquerading-router.sh busybox.sh", "nothing", "wan>router tcp dport=25 src=10.1.2.3")]
    [InlineData("masquerading-router.sh busybox.sh", "wan 203.0.113.1:40000 > 203.0.113.9:53 udp", "router>wan udp dport=53")]
    public void Packets_go(string scripts, string heard, params string[] packets)
    {
        using Lab lab = new();
        if (scripts.StartsWith("masq", StringComparison.Ordinal))
        {
            lab.Setting("ipv4/ip_forward", "0"); // the script is to switch it on
        }

        foreach (string script in scripts.Split(' '))
        {
            lab.Scenario(script);
        }

        foreach (string packet in packets)
        {
            lab.Send(packet);
        }

        if (heard == "nothing")
        {
            // Dropped, or just slow? The rule or policy that dropped the packet has counted it.
            Assert.True(Lab.Eventually(() => Refused(lab) > 0), "no chain refused a packet");
            Assert.Empty(lab.Lan.Heard().Concat(lab.Wan.Heard()));
            return;
        }

        Cable cable = heard.StartsWith("lan ", StringComparison.Ordinal) ? lab.Lan : lab.Wan;
        Assert.True(cable.Hears(heard[4..], Lab.Patience),
            $"not heard: {heard}\nlan: {string.Join("; ", lab.Lan.Heard())}\nwan: {string.Join("; ", lab.Wan.Heard())}");
    }

    /// <summary>
    /// The services script says <c>-i ! WAN1</c>, as people did long ago; the C original refuses that, and then the LAN is
    /// rejected. Here it means what it says: the LAN may talk to the router, whose closed port answers itself.
    /// </summary>
    [Fact]
    public void Old_spelling_of_not_lets_the_LAN_in()
    {
        using Lab lab = new();
        lab.Scenario("masquerading-router.sh");
        lab.Scenario("busybox.sh");
        lab.Send("lan>router tcp dport=25");
        Assert.True(lab.Lan.Hears("192.168.1.1:25 > 192.168.1.2:40000 tcp rst ack", Lab.Patience), string.Join("; ", lab.Lan.Heard()));
    }

    /// <summary>Packets counted by policies that drop and by rules that drop.</summary>
    private static long Refused(Lab lab) => lab.Output("iptables-save", "-c", "-t", "filter").Split('\n')
        .Where(static line => line.StartsWith(':') && line.Contains(" DROP ", StringComparison.Ordinal)
            || line.EndsWith("-j DROP", StringComparison.Ordinal))
        .Sum(static line => long.Parse(line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(':',
            line.IndexOf('[', StringComparison.Ordinal))], System.Globalization.CultureInfo.InvariantCulture));
}
