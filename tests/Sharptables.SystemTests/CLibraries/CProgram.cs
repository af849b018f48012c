using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>A C program of tests/c-libraries, compiled with our headers against our libraries.</summary>
internal static class CProgram
{
    /// <summary>The folder of the libraries under test.</summary>
    public static string Libraries { get; } = Path.GetFullPath(Path.Combine(Workspace.Sbin, "..", "lib"));

    /// <summary>Our headers.</summary>
    public static string Headers { get; } = Workspace.PathOf("src", "c-libraries", "include");

    /// <summary>Compiles a program.</summary>
    /// <param name="source">The name of its source, without <c>.c</c>.</param>
    /// <param name="words">Further words for gcc.</param>
    /// <returns>The path of the program.</returns>
    public static string Compile(string source, params string[] words)
    {
        string program = Path.Combine(Directory.CreateDirectory(Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString())).FullName, source);
        CommandResult compiled = new Command("gcc", [
            "-D_GNU_SOURCE", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-stringop-overread", "-I" + Headers, "-o", program,
            Workspace.PathOf("tests", "c-libraries", source + ".c"), "-pthread", .. words,
        ]).Run();
        Assert.Equal("", compiled.Stderr);
        return program;
    }

    /// <summary>Runs a script, or a program, in a network namespace of its own.</summary>
    /// <param name="libraries">A folder of libraries to be taken before the machine's own; null for those alone.</param>
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
