using System.Globalization;
using System.Reflection;

namespace Sharptables.Testing;

/// <summary>Where things are: the repository, the programs under test, more test data, and a folder of our own that is removed when the process ends.</summary>
public static class Workspace
{
    /// <summary>The folder that holds sharptables.slnx, where this was built.</summary>
    public static string Repository { get; } = typeof(Workspace).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The folder of the programs under test (<c>SHARPTABLES_SBIN</c>, else what <c>make</c> built).</summary>
    public static string Sbin { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("SHARPTABLES_SBIN") is { Length: > 0 } folder ? folder : PathOf("artifacts", "sbin"));

    /// <summary>The folder of more test data that <c>SHARED</c> names; null when it does not.</summary>
    public static string? Shared { get; } =
        Environment.GetEnvironmentVariable("SHARED") is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    public static string Temporary { get; } = CreateTemporary();

    /// <summary>A file or folder of the repository.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Repository, .. parts]);

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
