using Sharptables.SystemTests.CLibraries;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Plugins;

/// <summary>Programs that meet plugins.</summary>
internal static class PluginProgram
{
    /// <summary>The program that hosts plugins.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(Workspace.Sbin, "..", "libexec", "sharptables", "xtables-multi"));

    /// <summary>The folders of plugins that Debian's packages have, and those of Debian's iptables.</summary>
    public static string Others { get; } = string.Join(':', (string[])[Folder(Workspace.PathOf("artifacts", "others-plugins")), Folder("/")]);

    /// <summary>
    /// The folder of the plugins of xtables-addons and ipt_NETFLOW, compiled from their sources with our headers, and those of Debian's iptables.
    /// </summary>
    public static string FromSource => s_fromSource.Value + ":" + Folder("/");

    private static readonly Lazy<string> s_fromSource = new(static () =>
    {
        string folder = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName;
        string sources = Workspace.PathOf("artifacts", "plugin-sources");
        string[] plugins =
        [
            .. Directory.EnumerateFiles(sources, "lib*.c", SearchOption.AllDirectories)
                .Where(static source => !source.EndsWith("_cl.c", StringComparison.Ordinal)), // ACCOUNT's library, which is no plugin
        ];
        Parallel.ForEach(plugins, source =>
        {
            string name = Path.GetFileNameWithoutExtension(source);
            // XTABLES: ipt_NETFLOW's for <xtables.h>. Parameters that they do not use are the sources' own.
            CommandResult compiled = new Command("gcc", [
                "-D_GNU_SOURCE", $"-D_INIT={name}_init", "-DXTABLES", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter",
                "-I" + CProgram.Headers, "-I" + Path.Combine(sources, "xtables-addons-3.31", "extensions"), "-shared", "-fPIC",
                "-o", Path.Combine(folder, name + ".so"), source,
            ]).Run();
            Assert.Equal("", compiled.Stderr);
        });
        File.Copy(Path.Combine(folder, "libipt_NETFLOW.so"), Path.Combine(folder, "libip6t_NETFLOW.so"));
        return folder;
    });

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
