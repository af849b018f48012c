namespace Sharptables.Tests.Extensions;

/// <summary>The files of the project, found from where the tests run.</summary>
internal static class SourceTree
{
    /// <summary>The directory that holds sharptables.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or directory of the project.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "sharptables.slnx")))
            {
                return at.FullName;
            }
        }

        // Built with --artifacts-path outside of the tree: where this file was compiled is in it.
        string here = CompiledFrom();
        for (DirectoryInfo? at = new FileInfo(here).Directory; at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "sharptables.slnx")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"sharptables.slnx is above neither {AppContext.BaseDirectory} nor {here}");
    }

    private static string CompiledFrom([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
