using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Heads;

/// <summary>The conditions of arptables on real ARP: each rule takes one packet and leaves another.</summary>
public sealed class ArpTests
{
    /// <summary>Who has 192.168.1.1, asks 192.168.1.2 with the address 02:00:00:00:00:02.</summary>
    private const string Question = "0001 0800 06 04 0001 020000000002 c0a80102 000000000000 c0a80101";

    [Theory]
    [InlineData("-i LAN1", "", "")]
    [InlineData("-i LAN+ -s 192.168.1.2", "", "c0a80102>c0a80103")]
    [InlineData("! -s 192.168.1.2", "c0a80102>c0a80103", "")]
    [InlineData("-s 192.168.0.0/255.255.0.255", "c0a80102>c0a80900", "")]
    [InlineData("-d 192.168.1.0/31", "", "c0a80101>c0a80109")]
    [InlineData("--src-mac 02:00:00:00:00:02", "", "0001 020000000002>0001 020000000003")]
    [InlineData("--src-mac 02:00:00:00:00:00/ff:ff:ff:00:00:00", "", "0001 020000000002>0001 060000000002")]
    [InlineData("! --src-mac 02:00:00:00:00:02", "0001 020000000002>0001 020000000003", "")]
    [InlineData("--dst-mac 00:00:00:00:00:00", "", "000000000000>000000000001")]
    [InlineData("--opcode Request", "", "04 0001>04 0002")]
    [InlineData("--opcode 2/0xff", "04 0001>04 0002", "")]
    [InlineData("--opcode 0/1", "04 0001>04 0002", "")]
    [InlineData("! --opcode 1", "04 0001>04 0002", "")]
    [InlineData("--proto-type IPv4", "", "0001 0800>0001 86dd")]
    [InlineData("--h-type 1", "", "0001 0800>0006 0800")]
    [InlineData("--h-type 6", "0001 0800>0006 0800", "")]
    [InlineData("--h-type 0", "0001 0800>0006 0800", null)]
    public void A_rule_takes_what_it_says(string rule, string taken, string? left)
    {
        using Lab lab = new();
        lab.Run($"arptables -A INPUT {rule.Replace("0xff", "255", StringComparison.Ordinal)}");
        lab.Lan.Send(Frame(taken));
        Assert.True(Lab.Eventually(() => Count(lab) == 1), lab.Output("arptables-save", "-c"));
        if (left is not null)
        {
            bool isOther = rule != "-i LAN1";
            (isOther ? lab.Lan : lab.Wan).Send(Frame(left));
            lab.Lan.Send(Frame(taken));
            Assert.True(Lab.Eventually(() => Count(lab) == 2), lab.Output("arptables-save", "-c"));
        }
    }

    /// <summary>The packets that the only rule has counted.</summary>
    private static int Count(Lab lab)
    {
        string rule = Array.Find(lab.Output("arptables-save", "-c").Split('\n'), static line => line.StartsWith('['))!;
        return int.Parse(rule[1..rule.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The question in a frame, with something in it replaced: <c>this>that</c>.</summary>
    private static byte[] Frame(string change)
    {
        string[] parts = change.Split('>');
        string arp = parts.Length == 2 ? Replaced(parts[0], parts[1]) : Question;
        return Convert.FromHexString(("ffffffffffff 020000000002 0806" + arp + new string('0', 36)).Replace(" ", "", StringComparison.Ordinal));
    }

    private static string Replaced(string what, string by)
    {
        int at = Question.IndexOf(what, StringComparison.Ordinal);
        Assert.True(at >= 0, what);
        return Question[..at] + by + Question[(at + what.Length)..];
    }
}
