using System.Text;
using Sharptables.Testing;

namespace Sharptables.Tests.Formats.Nft;

/// <summary>Runs programs of nftables and of the C original that read a file, in a network namespace of their own.</summary>
internal static class NftProgram
{
    /// <summary>The lines that a program writes of a text, those of its standard error behind the others.</summary>
    public static string[] Run(string text, params string[] command)
    {
        string file = Path.Combine(Workspace.Temporary, Path.GetRandomFileName());
        File.WriteAllText(file, text, Encoding.Latin1);
        CommandResult result = new Command("unshare", ["-n", .. command, "-f", file]).Run();
        return (result.Stdout + result.Stderr).Split('\n');
    }
}
