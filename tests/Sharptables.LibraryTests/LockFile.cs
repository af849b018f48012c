using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Testing;

namespace Sharptables.LibraryTests;

/// <summary>The lock that these tests take: not the machine's.</summary>
internal static partial class LockFile
{
    public static string Path { get; } = System.IO.Path.Combine(Workspace.Temporary, "library.lock");

    [ModuleInitializer]
    internal static void Set() => _ = SetVariable("XTABLES_LOCKFILE", Path, 1);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
