using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.LibraryTests;

/// <summary>
/// The package as a user installs it: into a new project outside of the repository, from a folder and from nowhere else. The samples of its
/// readme are the programs.
/// </summary>
public sealed partial class PackageTests(PackageTests.Stranger stranger) : IClassFixture<PackageTests.Stranger>
{
    private const string Saved =
        "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 20:25 -j DROP\nCOMMIT\n";

    [Fact]
    public void The_sample_for_a_file_runs_as_an_ordinary_user()
    {
        string folder = Directory.CreateDirectory(Path.Combine(stranger.Folder, "rules")).FullName;
        string file = Path.Combine(folder, "rules.v4");
        File.WriteAllText(file, Saved);
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
        CommandResult result = stranger.Run(0, folder, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Assert.Equal((0, "filter INPUT: -p tcp -m tcp --dport 20:25 -j DROP\n", ""), result.Said);
        Assert.Equal(
            Saved.Replace(":FORWARD ACCEPT", ":FORWARD DROP", StringComparison.Ordinal)
                .Replace("-A INPUT", "-A INPUT -s 192.0.2.0/24 -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT", StringComparison.Ordinal),
            File.ReadAllText(file));
    }

    [Fact]
    public void The_sample_that_asks_what_a_firewall_does_says_which_rule_decides()
    {
        string folder = Directory.CreateDirectory(Path.Combine(stranger.Folder, "questions")).FullName;
        File.WriteAllText(Path.Combine(folder, "rules.v4"), Saved);
        CommandResult result = stranger.Run(1, folder, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Assert.Equal((0, "DROP by rule 1 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 20:25 -j DROP\n", ""), result.Said);
    }

    [Fact]
    public void The_sample_for_the_kernel_runs_in_a_network_namespace()
    {
        CommandResult result = stranger.Run(2, stranger.Folder, "unshare", "-n");
        Assert.Equal((0, ""), (result.ExitStatus, result.Stderr));
        Assert.Equal(
            """
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :blocked - [0:0]
            -A INPUT -p tcp -m tcp --dport 23 -j blocked
            -A blocked -m limit --limit 6/min -j LOG --log-prefix "blocked: "
            -A blocked -j DROP
            COMMIT

            """,
            result.Stdout);
    }

    [Fact]
    public void The_sample_for_the_kernel_tells_an_ordinary_user_what_is_lacking()
    {
        CommandResult result = stranger.Run(2, stranger.Folder, "unshare", "-n", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Assert.Contains("Only root may do this; try sudo.", result.Stderr, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Sample();

    /// <summary>The programs of the readme, built with the package alone.</summary>
    public sealed class Stranger
    {
        public Stranger()
        {
            // The configuration that these tests were built with is not built again: .../bin/Sharptables.LibraryTests/debug, but AssemblyInfo.cs has "Debug".
            string[] built = AppContext.BaseDirectory.TrimEnd('/').Split('/');
            string configuration = char.ToUpperInvariant(built[^1][0]) + built[^1][1..];
            Must(
                "dotnet", "pack", Workspace.PathOf("src", "Sharptables.Library"), "--no-restore", "-c", configuration,
                "--artifacts-path", string.Join('/', built[..^3]), "-v:quiet", "-o", In("feed"));
            File.WriteAllText(In("nuget.config"), """
                <configuration>
                  <packageSources>
                    <clear />
                    <add key="feed" value="feed" />
                  </packageSources>
                </configuration>
                """);
            string readme = File.ReadAllText(Workspace.PathOf("src", "Sharptables.Library", "README.md"));
            string[] samples = [.. Sample().Matches(readme).Select(static sample => sample.Groups[1].Value)];
            Assert.Equal(3, samples.Length);
            for (int i = 0; i < samples.Length; i++)
            {
                Directory.CreateDirectory(In($"Sample{i}"));
                File.WriteAllText(In($"Sample{i}/Program.cs"), samples[i]);
                File.WriteAllText(In($"Sample{i}/Sample{i}.csproj"), """
                    <Project Sdk="Microsoft.NET.Sdk">
                      <PropertyGroup>
                        <OutputType>Exe</OutputType>
                        <TargetFramework>net10.0</TargetFramework>
                        <Nullable>enable</Nullable>
                        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                      </PropertyGroup>
                      <ItemGroup>
                        <PackageReference Include="Sharptables" Version="*" />
                      </ItemGroup>
                    </Project>
                    """);
            }

            File.WriteAllText(In("Samples.slnx"), """
                <Solution>
                  <Project Path="Sample0/Sample0.csproj" />
                  <Project Path="Sample1/Sample1.csproj" />
                  <Project Path="Sample2/Sample2.csproj" />
                </Solution>
                """);
            Must("dotnet", "build", In("Samples.slnx"), "-v:quiet");

            foreach (string path in Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Append(Folder).Append(Workspace.Temporary))
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | (UnixFileMode)0b101_101_101);
            }
        }

        public string Folder { get; } = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, "stranger")).FullName;

        /// <summary>Runs a sample.</summary>
        /// <param name="sample">Which one.</param>
        /// <param name="folder">The folder that it runs in.</param>
        /// <param name="by">What runs it.</param>
        public CommandResult Run(int sample, string folder, params string[] by) =>
            new Command(by[0], [.. by[1..], "dotnet", In($"Sample{sample}/bin/Debug/net10.0/Sample{sample}.dll")])
            {
                Folder = folder,
                Variables = [.. Variables, "DOTNET_EnableDiagnostics=0"],
            }.Run();

        private IReadOnlyList<string> Variables =>
        [
            .. Command.ProgramsUnderTest(In("lock")).Where(static v => !v.StartsWith("NUGET_PACKAGES=", StringComparison.Ordinal)),
            $"NUGET_PACKAGES={In("packages")}",
        ];

        private string In(string path) => Path.Combine(Folder, path);

        private void Must(params string[] words)
        {
            IReadOnlyList<string> variables = words[1] == "pack" ? Command.ProgramsUnderTest(In("lock")) : Variables;
            CommandResult result = new Command(words[0], words[1..]) { Folder = Folder, Variables = variables }.Run();
            Assert.True(result.ExitStatus == 0, result.Stdout + result.Stderr);
        }
    }
}
