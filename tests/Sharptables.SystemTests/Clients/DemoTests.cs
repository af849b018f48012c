using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Clients;

/// <summary>The demo promises packets' ways and checks each.</summary>
public sealed class DemoTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("nft")]
    public void Demo_holds_over_either_interface(string kernelInterface)
    {
        CommandResult played = new Command("env", $"SHARPTABLES_INTERFACE={kernelInterface}", Workspace.PathOf("tests", "demo.sh")).Run();
        Assert.True(played.ExitStatus == 0, $"{played.Stdout}\n{played.Stderr}");
        Assert.Contains(kernelInterface == "nft" ? "(nf_tables)" : "(legacy)", played.Stdout, StringComparison.Ordinal);
        Assert.EndsWith("All of it true.\n", played.Stdout, StringComparison.Ordinal);
    }
}
