using System.Reflection;

namespace Sharptables.SystemTests;

/// <summary>Where things are: the repository, and the programs under test.</summary>
internal static class Workspace
{
    public static string Repository { get; } = typeof(Workspace).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The folder of the programs under test (<c>SHARPTABLES_SBIN</c>, else artifacts/sbin).</summary>
    public static string Sbin { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("SHARPTABLES_SBIN") is { Length: > 0 } folder
            ? folder : Path.Combine(Repository, "artifacts", "sbin"));
}
