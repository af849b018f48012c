using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class CpuTests
{
    // What arrives on LAN1 is for CPU 0, on WAN1 for CPU 1: Documentation/networking/scaling.rst of the kernel, under RPS.
    private const string Steered = "unshare -m sh -c \"mount -t sysfs sysfs /sys && echo 1 > /sys/class/net/LAN1/queues/rx-0/rps_cpus"
        + " && echo 2 > /sys/class/net/WAN1/queues/rx-0/rps_cpus\" ; ";

    [Shows("-m cpu")]
    [Theory]
    [InlineData(4, Steered + "-A INPUT -m cpu --cpu 0", "+ udp", "- wan>router udp")]
    [InlineData(4, Steered + "-A INPUT -m cpu --cpu 1", "- udp", "+ wan>router udp")]
    [InlineData(4, Steered + "-A INPUT -m cpu ! --cpu 1", "+ udp", "- wan>router udp")]
    [InlineData(6, Steered + "-A INPUT -m cpu --cpu 0", "+ udp", "- wan>router udp")]
    public void Takes_packets_by_the_processor_that_has_them(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}
