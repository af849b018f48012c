using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>A C program of tests/c-libraries, compiled with our headers against our libraries.</summary>
internal static class CProgram
{
    /// <summary>The folder of the libraries under test.</summary>
    public static string Libraries { get; } = Path.GetFullPath(Path.Combine(Workspace.Sbin, "..", "lib"));

    /// <summary>The folder of the original's.</summary>
    public static string Originals { get; } = Path.GetDirectoryName(new Command(
        "sh", "-c", "ldd /usr/sbin/xtables-legacy-multi | sed -n 's/.*libxtables.so.12 => \\([^ ]*\\) .*/\\1/p'").Run().Stdout)!;

    /// <summary>Our headers.</summary>
    public static string Headers { get; } = Workspace.PathOf("src", "c-libraries", "include");

    /// <summary>The names that a library has, sorted, each after what it is: <c>T</c> for a function, <c>D</c> for data.</summary>
    public static string[] Symbols(string folder, string library) =>
    [
        .. new Command("nm", "-D", "--defined-only", Path.Combine(folder, library)).Run().Stdout.TrimEnd().Split('\n')
            .Select(static line => line[(line.IndexOf(' ') + 1)..].Replace("B ", "D ", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Compiles a program.</summary>
    /// <param name="source">The name of its source, without <c>.c</c>.</param>
    /// <param name="words">Further words for gcc.</param>
    /// <returns>The path of the program.</returns>
    public static string Compile(string source, params string[] words)
    {
        string program = Path.Combine(Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName, Path.GetFileName(source));
        CommandResult compiled = new Command("gcc", [
            "-D_GNU_SOURCE", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-stringop-overread", "-I" + Headers, "-o", program,
            Workspace.PathOf("tests", "c-libraries", source + ".c"), "-pthread", .. words,
        ]).Run();
        Assert.Equal("", compiled.Stderr);
        return program;
    }

    /// <summary>Runs a script, or a program, in a network namespace of its own.</summary>
    /// <param name="libraries">A folder of libraries to use before the machine's own; null for the machine's alone.</param>
    /// <param name="words">The program and its words.</param>
    public static CommandResult Run(string? libraries, params string[] words)
    {
        using NetworkNamespace network = new();
        List<string> variables = [.. Command.ProgramsUnderTest(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString()), "/usr/sbin")];
        if (libraries is not null)
        {
            variables.Add("LD_LIBRARY_PATH=" + libraries);
        }

        return network.Run(new Command(words[0], words[1..]) { Variables = variables }.Run);
    }
}
