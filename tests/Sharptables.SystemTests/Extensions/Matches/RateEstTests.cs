using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class RateEstTests
{
    /// <summary>The estimator busy counts UDP, idle counts nothing. What happens to a packet before there is UDP, and while there is.</summary>
    [Shows("-m rateest")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy --rateest-gt --rateest-pps 0", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy --rateest-lt --rateest-pps 1", "+ tcp", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy --rateest-eq --rateest-bps 0", "+ tcp", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy ! --rateest-lt --rateest-bps 8bit", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest1 busy --rateest-gt --rateest-bps --rateest2 idle", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest1 idle --rateest-lt --rateest-pps --rateest2 busy", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest-delta --rateest busy --rateest-bps1 8bit --rateest-gt --rateest-bps2 0bit",
        "+ tcp", "- tcp")]
    [InlineData(6, "-A INPUT -p tcp -m rateest --rateest busy --rateest-gt --rateest-pps 0", "- tcp", "+ tcp")]
    public void Takes_packets_by_the_rate_of_others(int ip, string commands, string before, string meanwhile)
    {
        using Lab lab = new(v6: ip == 6);
        const string Estimate = "-j RATEEST --rateest-interval 250ms --rateest-ewmalog 500ms --rateest-name";
        lab.Run($"-t mangle -A PREROUTING -p udp {Estimate} busy ; -t mangle -A PREROUTING -p 255 {Estimate} idle");
        CountingRule rule = CountingRule.Last(lab, commands);
        Assert.Equal(before[0] == '+', rule.Counts(before[2..]));
        bool changed = Lab.Eventually(() =>
        {
            rule.Counts("udp");
            return rule.Counts(meanwhile[2..]) == (meanwhile[0] == '+');
        });
        Assert.True(changed, $"still as before: {before}");
    }
}
