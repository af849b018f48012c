using System.Globalization;
using System.Reflection;

namespace Sharptables.DifferentialTests.Running;

/// <summary>Where things are: the repository, the shared data, and a folder of our own that goes with the process.</summary>
public static class Workspace
{
    public static string Repository { get; } = typeof(Workspace).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;

    public static string Tests { get; } = Path.Combine(Repository, "tests");

    /// <summary>The folder of shared test data (<c>SHARED</c>, else beside the repository); null where there is none.</summary>
    public static string? Shared { get; } = FindShared();

    public static string Temporary { get; } = CreateTemporary();

    /// <summary>A number from the environment, or a default.</summary>
    public static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? FindShared()
    {
        string folder = Environment.GetEnvironmentVariable("SHARED") ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        return Directory.Exists(folder) ? folder : null;
    }

    private static string CreateTemporary()
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
