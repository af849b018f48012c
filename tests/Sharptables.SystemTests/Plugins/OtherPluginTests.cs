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
    public void Every_rule_with_them_is_what_the_original_makes_of_it(bool isOurs) => IsTheSame(isOurs, PluginProgram.Others, 70);

    /// <summary>Those of xtables-addons and ipt_NETFLOW, compiled without a warning.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_build_from_source_with_our_headers(bool isOurs) => IsTheSame(isOurs, PluginProgram.FromSource, 60);

    private static void IsTheSame(bool isOurs, string plugins, int taken)
    {
        string kernel = CProgram.Compile("plugins/kernel", "-shared", "-fPIC");
        string original = Try("/usr/sbin/xtables-legacy-multi", kernel, CProgram.Originals, plugins);
        string[] rules = original.Split("=== ");
        Assert.True(rules.Count(static rule => rule.Contains("\nappended: 0\n0000", StringComparison.Ordinal)) > taken, original);
        Assert.Equal(rules, Try(PluginProgram.Host, kernel, isOurs ? CProgram.Libraries : CProgram.Originals, plugins).Split("=== "));
    }

    private static string Try(string program, string kernel, string libraries, string plugins)
    {
        using NetworkNamespace network = new();
        return network.Run(new Command("unshare", "-m", "sh", Workspace.PathOf("tests", "c-libraries", "plugins", "rules.sh"), program, kernel)
        {
            Variables = PluginProgram.Variables(libraries, plugins),
        }.Run).Stdout;
    }
}
