using Sharptables.SystemTests.CLibraries;
using Sharptables.Testing;

namespace Sharptables.SystemTests.Plugins;

/// <summary>Programs that meet plugins.</summary>
internal static class PluginProgram
{
    /// <summary>The program that hosts plugins.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(Workspace.Sbin, "..", "libexec", "sharptables", "xtables-multi"));

    /// <summary>The folders of plugins that Debian's packages have, and those of Debian's iptables.</summary>
    public static string Others { get; } = string.Join(':', (string[])[Folder(Workspace.PathOf("artifacts", "others-plugins")), Folder("/")]);

    /// <summary>Compiles a plugin of tests/c-libraries/plugins.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">Further words for gcc.</param>
    /// <returns>The folder that it is in, which has no other plugin in it.</returns>
    public static string Compile(string name, params string[] words)
    {
        string file = CProgram.Compile("plugins/libxt_" + name, ["-shared", "-fPIC", .. words]);
        File.Move(file, file + ".so");
        return Path.GetDirectoryName(file)!;
    }

    /// <summary>The variables of a program that meets plugins.</summary>
    /// <param name="libraries">The folder of libxtables.</param>
    /// <param name="folders">The folders of the plugins.</param>
    /// <param name="sbin">The folder of the programs; null for ours.</param>
    public static IReadOnlyList<string> Variables(string libraries, string folders, string? sbin = null) =>
    [
        .. Command.ProgramsUnderTest(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString()), sbin),
        "LD_LIBRARY_PATH=" + libraries,
        "XTABLES_LIBDIR=" + folders,
        "SHARPTABLES_HINTS=never",
    ];

    private static string Folder(string root) => Path.Combine(root, "usr/lib", Path.GetFileName(CProgram.Originals), "xtables");
}
