using System.Text;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>libxtables, beside the original's: the same programs run on both.</summary>
public sealed class ExtensionLibraryTests
{
    /// <summary>Good arguments and bad: answers, what is written, errors raised.</summary>
    [Theory]
    [InlineData("begin", 50)]
    [InlineData("numbers", 400)]
    [InlineData("names", 140)]
    [InlineData("addresses", 200)]
    [InlineData("printing", 140)]
    [InlineData("lists", 130)]
    [InlineData("translation", 6000)]
    [InlineData("errors", 60)]
    [InlineData("options", 6)]
    [InlineData("checks", 2000)]
    [InlineData("calls", 20)]
    [InlineData("matches", 90)]
    [InlineData("targets", 70)]
    [InlineData("kernel", 70)]
    [InlineData("parse4", 20000)]
    [InlineData("parse6", 20000)]
    public void Every_function_gives_what_the_original_s_gives(string part, int lines)
    {
        string program = CProgram.Compile("xtables", "-Wno-missing-field-initializers", "-Wno-override-init", $"{CProgram.Libraries}/libxtables.so");
        CommandResult original = CProgram.Run(null, program, part), ours = CProgram.Run(CProgram.Libraries, program, part);
        Assert.True(original.Stdout.Count(static c => c == '\n') >= lines, original.Stdout);
        Assert.Equal((original.ExitStatus, original.Stdout, original.Stderr), (ours.ExitStatus, ours.Stdout, ours.Stderr));
    }

    /// <summary>
    /// Every rule of every <c>.spec</c>, read over both: bytes, listing, save text, error. With the original's plugins on ours, and with ours alone.
    /// </summary>
    [Theory]
    [InlineData("ip", true)]
    [InlineData("ip", false)]
    [InlineData("ip6", true)]
    [InlineData("ip6", false)]
    public void Every_rule_is_what_it_is_over_the_original_s(string family, bool usesPlugins)
    {
        (SpecCase Case, List<string> Words)[] cases =
        [
            .. SpecFile.Cases.Where(c => c.Family == family).Select(static c => (Case: c, Words: c.Words()!))
                .Where(static c => c.Words is not null && !c.Words.Any(static word => word.Contains('\n', StringComparison.Ordinal))),
        ];
        string setup = string.Join('\n', cases.SelectMany(static c => c.Case.Setup).Distinct());
        string rules = Path.Combine(Workspace.Temporary, Guid.NewGuid().ToString());
        File.WriteAllBytes(rules, Encoding.Latin1.GetBytes(string.Concat(cases.Select(c => string.Join('\x1f', c.Words.Prepend(family == "ip6" ? "6" : "4")) + "\n"))));
        string program = CProgram.Compile("rules", $"{CProgram.Libraries}/libxtables.so");
        string[] Read(string? libraries, string? plugins)
        {
            string script = $"{setup}\n{(plugins is null ? "" : $"export XTABLES_LIBDIR={plugins}")}\nexec {program} <{rules}";
            string[] said = CProgram.Run(libraries, "sh", "-c", script).Stdout.Replace("\0", "", StringComparison.Ordinal).Split("\n\x1e\n");
            Assert.Equal(cases.Length + 1, said.Length);
            return said;
        }

        string[] original = Read(null, null), ours = Read(CProgram.Libraries, usesPlugins ? $"{CProgram.Originals}/xtables" : null);
        List<string> different = [];
        for (int i = 0; i < cases.Length; i++)
        {
            if (!IsSame(original[i], ours[i], cases[i].Case))
            {
                different.Add($"{cases[i].Case}\n{original[i]}\n{ours[i]}\n");
            }
        }

        Assert.Equal("", string.Concat(different.Take(10)));
        Assert.True(cases.Length > 6000);
    }

    /// <summary>Texts, tables of options, words and damaged records: none ends the process.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void No_argument_crashes_the_host(int seed)
    {
        string program = CProgram.Compile("fuzz", $"{CProgram.Libraries}/libxtables.so");
        CommandResult lived = CProgram.Run(CProgram.Libraries, program, $"{seed}", "5000");
        Assert.Equal(0, lived.ExitStatus);
        Assert.EndsWith("\rdone\n", lived.Stderr, StringComparison.Ordinal);
    }

    private static bool IsSame(string original, string ours, SpecCase @case)
    {
        const string Resolver = "error 2: getaddrinfo: ";
        return original == ours
            || @case.Known.ContainsKey("differs")
            || (original.StartsWith(Resolver, StringComparison.Ordinal) && ours.StartsWith(Resolver, StringComparison.Ordinal)) // nobody answers here
            || (!@case.IsTaken && !IsError(original) && IsError(ours)) // said earlier than the kernel would
            || (!@case.IsTaken && Bytes(original) == Bytes(ours)) // the kernel refuses it, so nothing is ever listed
            || original.Replace(" ' save '", "' save '", StringComparison.Ordinal) == ours; // bpf's blank
    }

    private static bool IsError(string shown) => shown.StartsWith("error ", StringComparison.Ordinal);

    private static string Bytes(string shown) => string.Join('\n', shown.Split('\n').Where(static line => !line.StartsWith("alias ", StringComparison.Ordinal)));
}
