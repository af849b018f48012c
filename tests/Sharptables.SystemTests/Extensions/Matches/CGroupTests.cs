using Sharptables.SystemTests.Packets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class CGroupTests
{
    /// <summary>GROUP is a control group of the test's own, of class 10:1; "member" is a packet that one of its processes sends.</summary>
    [Shows("-m cgroup")]
    [Theory]
    [InlineData(4, "-A OUTPUT -m cgroup --path GROUP", "+ member 192.168.1.2", "- router>lan udp")]
    [InlineData(4, "-A OUTPUT -m cgroup ! --path GROUP", "- member 192.168.1.2", "+ router>lan udp")]
    [InlineData(4, "-A OUTPUT -m cgroup --cgroup 0x100001", "+ member 192.168.1.2", "- router>lan udp")]
    [InlineData(4, "-A OUTPUT -m cgroup ! --cgroup 0x100001", "- member 192.168.1.2", "+ router>lan udp")]
    [InlineData(6, "-A OUTPUT -m cgroup --path GROUP", "+ member fd00:1::2", "- router>lan udp")]
    public void Takes_what_a_process_of_the_group_sends(int ip, string commands, params string[] packets)
    {
        string group = $"sharptables.{Environment.ProcessId}";
        string paths = $"/mnt/2/{group} /mnt/class/{group}";
        using Lab lab = new(v6: ip == 6);
        lab.Run(WithGroups($"mkdir {paths} && echo 0x100001 > /mnt/class/{group}/net_cls.classid"));
        try
        {
            CountingRule.Check(lab, commands.Replace("GROUP", group, StringComparison.Ordinal), [.. packets.Select(Command)]);
        }
        finally
        {
            lab.Run(WithGroups($"rmdir {paths}"));
        }

        string Command(string packet) => packet[2..].StartsWith("member ", StringComparison.Ordinal)
            ? packet[..2] + "run " + WithGroups($"for g in {paths}; do echo 0 > $g/cgroup.procs; done && echo > /dev/udp/{packet[9..]}/9")
            : packet;

        // Mounted where only this command sees it: cgroup 2 for the paths, net_cls for the classes.
        static string WithGroups(string command) => "unshare -m bash -c 'mount -t tmpfs none /mnt && mkdir /mnt/2 /mnt/class"
            + $" && mount -t cgroup2 none /mnt/2 && mount -t cgroup -o net_cls none /mnt/class && {command}'";
    }
}
