using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class BpfTests
{
    [Shows("-m bpf")]
    [Theory]
    [InlineData(4, "-A INPUT -m bpf --object-pinned FOLDER/allbuttcp", "+ udp", "+ icmp", "- tcp")]
    public void A_pinned_program_decides(int ip, string commands, params string[] packets)
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-bpf.").FullName;
        using Lab lab = new(v6: ip == 6);
        lab.Run($"mount -t bpf none {folder}");
        try
        {
            lab.Inside(() => PinnedProgram.PinAllButTcp($"{folder}/allbuttcp"));
            CountingRule.Check(lab, commands.Replace("FOLDER", folder, StringComparison.Ordinal), packets);
        }
        finally
        {
            lab.Run($"umount {folder}");
            Directory.Delete(folder);
        }
    }
}
