using System.Text;
using Sharptables.Editing;
using Sharptables.Model;
using Sharptables.Text;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>What iptables-save prints is read and written again without a kernel.</summary>
internal static class RulesInMemory
{
    /// <summary>Reads it, and expects it back.</summary>
    public static void AssertSame(string saved, string program)
    {
        string[] lines = [.. saved.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#')];
        using RuleSet set = RuleSet.Parse(Encoding.Latin1.GetBytes(saved), program == "ip6tables" ? Family.IPv6 : Family.IPv4);
        Output text = new(descriptor: -1);
        set.Write(text, showCounters: lines.Any(static line => line[0] == '['));
        Assert.Equal(lines, Encoding.Latin1.GetString(text.Written).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
