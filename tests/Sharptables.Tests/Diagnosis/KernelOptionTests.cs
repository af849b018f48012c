using System.IO.Compression;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Diagnosis;

/// <summary>The options that doctor names for what a kernel lacks are options of kernels.</summary>
public sealed class KernelOptionTests
{
    /// <summary>Removed from newer kernels, or not offered where what they need (IP_VS, LEDS_TRIGGERS) is off.</summary>
    private static readonly string[] s_notEverywhere =
        ["IP_NF_TARGET_CLUSTERIP", "IP_NF_TARGET_ULOG", "NETFILTER_XT_MATCH_IPVS", "NETFILTER_XT_TARGET_LED"];

    [Fact]
    public void The_kernel_here_knows_the_option_of_every_match_and_target()
    {
        const string path = "/proc/config.gz";
        if (!File.Exists(path))
        {
            return; // a kernel that does not tell how it was built
        }

        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string config = reader.ReadToEnd();
        Assert.Equal([], Options().Except(s_notEverywhere).Where(option =>
            !config.Contains($"CONFIG_{option}=", StringComparison.Ordinal) && !config.Contains($"CONFIG_{option} is not set", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Options() =>
        from entry in ExtensionList.Matches.ToArray().Concat(ExtensionList.Targets.ToArray())
        from family in new[] { Family.IPv4, Family.IPv6 }
        where entry.Families.HasFlag(family.Bit)
        select entry.Build(family).KernelOptionFor(family);
}
