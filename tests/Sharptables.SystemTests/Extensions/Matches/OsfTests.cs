using Sharptables.SystemTests.Packets;
using Sharptables.SystemTests.Programs;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class OsfTests
{
    /// <summary>
    /// SYSTEM is what sends a SYN of 44 bytes with the MSS as its only option, a window of 65535 and a TTL of 64. The kernel does
    /// not look at the inversion, and never takes a packet that fits no fingerprint.
    /// </summary>
    [Shows("-m osf")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM", "+ tcp mss=1460", "- tcp mss=1460 ttl=60", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM --ttl 0", "+ tcp mss=1460", "- tcp mss=1460 ttl=60")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM --ttl 1",
        "+ tcp mss=1460", "+ tcp mss=1460 ttl=60", "- tcp mss=1460 ttl=65 src=198.51.100.7")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM --ttl 2", "+ tcp mss=1460", "+ tcp mss=1460 ttl=200", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre Other", "- tcp mss=1460", "- tcp")]
    public void Takes_what_a_system_sends(int ip, string commands, params string[] packets)
    {
        // The kernel has one list of fingerprints for all namespaces, so this test's has a name of its own.
        string system = $"Tests{Environment.ProcessId}";
        string file = Path.GetTempFileName();
        using Lab lab = new(v6: ip == 6);
        File.WriteAllText(file, $"65535:64:0:44:M*:{system}:1::a packet of the tests\n");
        lab.Run($"nfnl_osf -f {file}");
        try
        {
            CountingRule.Check(lab, commands.Replace("SYSTEM", system, StringComparison.Ordinal), packets);
        }
        finally
        {
            lab.Run($"nfnl_osf -f {file} -d");
            File.Delete(file);
        }
    }
}
