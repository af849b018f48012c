using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class ClusterTests
{
    [Shows("-m cluster")]
    [Theory]
    [InlineData(4, "-A FORWARD -m cluster --cluster-total-nodes 2 ! --cluster-local-node 1 --cluster-hash-seed 5",
        "+ lan>wan udp src=192.168.1.2", "- lan>wan udp src=192.168.1.4", "+ wan>lan udp sport=9 dport=40000")]
    public void An_answer_is_not_this_node_s_by_its_own_source(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}
