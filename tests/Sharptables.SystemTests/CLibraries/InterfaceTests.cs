using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>The headers of the C libraries, and the names that the libraries have.</summary>
public sealed class InterfaceTests
{
    /// <summary>The original's headers do not declare these either.</summary>
    private static readonly string[] s_undeclared = ["basic_exit_err", "line", "xtables_pending_matches", "xtables_pending_targets"];

    /// <summary>Whatever a program asks its compiler to complain about.</summary>
    [Theory]
    [InlineData("gcc", "-x", "c", "-std=gnu99", "-pedantic")]
    [InlineData("gcc", "-x", "c", "-std=gnu11", "-Wmissing-prototypes", "-Wstrict-prototypes")]
    [InlineData("g++", "-x", "c++", "-std=c++11")]
    [InlineData("g++", "-x", "c++", "-std=c++20")]
    public void Each_compiles_alone_and_without_a_warning(string compiler, params string[] words)
    {
        foreach (string file in Directory.EnumerateFiles(CProgram.Headers, "*.h", SearchOption.AllDirectories))
        {
            string header = Path.GetRelativePath(CProgram.Headers, file);
            CommandResult compiled = new Command(compiler, [.. words, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I" + CProgram.Headers, "-"])
            {
                Stdin = $"#define XTABLES_INTERNAL\n#define _INIT plugin_init\n#include <{header}>\nextern int nothing;\n",
            }.Run();
            Assert.Equal((0, "", header), (compiled.ExitStatus, compiled.Stderr, header));
        }
    }

    /// <summary>Sizes and places of structs, values, and the type of each function that the libraries have.</summary>
    [Fact]
    public void They_promise_what_the_original_s_do()
    {
        string[] libraries = ["libip4tc.so.2", "libip6tc.so.2", "libxtables.so.12"];
        string[] names = [.. libraries.SelectMany(static library => CProgram.Symbols(CProgram.Originals, library)).Select(static symbol => symbol[2..])];
        Assert.Equal(152, names.Length);
        string[] declared = [.. names.Where(static name => !s_undeclared.Contains(name))];
        string ours = Layout(CProgram.Headers, declared);
        Assert.Contains("struct xtables_match: 192, 8\n", ours, StringComparison.Ordinal);
        Assert.Equal(Layout(Workspace.PathOf("artifacts", "library-clients", "usr", "include"), declared), ours);
    }

    /// <summary>The names and nothing else, as the original has them: no versions, with which old programs would not start.</summary>
    [Theory]
    [InlineData("libip4tc.so.2", 30)]
    [InlineData("libip6tc.so.2", 30)]
    [InlineData("libxtables.so.12", 92)]
    public void The_libraries_have_the_original_s_symbols(string library, int count)
    {
        string[] ours = CProgram.Symbols(CProgram.Libraries, library);
        Assert.Equal(CProgram.Symbols(CProgram.Originals, library), ours);
        Assert.Equal(count, ours.Length);
    }

    private static string Layout(string headers, string[] functions)
    {
        string program = Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString());
        CommandResult compiled = new Command("g++", [
            "-std=gnu++20", "-Wno-invalid-offsetof", "-isystem", headers, "-DFUNCTIONS=" + string.Concat(functions.Select(static name => $"N({name})")),
            "-o", program, Workspace.PathOf("tests", "c-libraries", "layout.cc"),
        ]).Run();
        Assert.Equal((0, ""), (compiled.ExitStatus, compiled.Stderr));
        return new Command(program).Run().Stdout;
    }
}
