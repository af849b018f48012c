using System.Globalization;
using System.Reflection;

namespace Sharptables.DifferentialTests.Running;

/// <summary>Where things are: the repository, more test data, and a folder of our own that goes with the process.</summary>
public static class Workspace
{
    public static string Repository { get; } = typeof(Workspace).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;

    public static string Tests { get; } = Path.Combine(Repository, "tests");

    /// <summary>The folder of more test data that <c>SHARED</c> names; null when it does not.</summary>
    public static string? Shared { get; } =
        Environment.GetEnvironmentVariable("SHARED") is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    public static string Temporary { get; } = CreateTemporary();

    /// <summary>A number from the environment, or a default.</summary>
    public static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string CreateTemporary()
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
