using Sharptables.SystemTests.CLibraries;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Plugins;

/// <summary>The plugins of xtables-addons, Jool, ipt_NETFLOW, rtpengine and west-chamber, beside the C original.</summary>
public sealed class OtherPluginTests
{
    /// <summary>Bytes, listings, saved text, errors, exit status and help, over either libxtables.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_rule_with_them_is_what_the_original_makes_of_it(bool isOurs)
    {
        string kernel = CProgram.Compile("plugins/kernel", "-shared", "-fPIC");
        string original = Try("/usr/sbin/xtables-legacy-multi", kernel, CProgram.Originals);
        string[] rules = original.Split("=== ");
        Assert.True(rules.Count(static rule => rule.Contains("\nappended: 0\n0000", StringComparison.Ordinal)) > 70, original);
        Assert.Equal(rules, Try(PluginProgram.Host, kernel, isOurs ? CProgram.Libraries : CProgram.Originals).Split("=== "));
    }

    private static string Try(string program, string kernel, string libraries)
    {
        using NetworkNamespace network = new();
        return network.Run(new Command("unshare", "-m", "sh", Workspace.PathOf("tests", "c-libraries", "plugins", "rules.sh"), program, kernel)
        {
            Variables = PluginProgram.Variables(libraries, PluginProgram.Others),
        }.Run).Stdout;
    }
}
