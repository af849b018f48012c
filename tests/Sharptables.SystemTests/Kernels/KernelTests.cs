using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Kernels;

/// <summary>
/// On a kernel whose netfilter is all modules (Debian 12's), under QEMU. This takes one to three minutes, the boot alone twenty seconds:
/// nothing else shows that modules are loaded. tests/kernels/boot ends it after seven.
/// </summary>
public sealed partial class KernelTests(KernelRun run) : IClassFixture<KernelRun>
{
    /// <summary>The sections of the guest's script; those of a kernel without the legacy interface stand first; some are tried there over nf_tables, too.</summary>
    public static TheoryData<string, string> Sections()
    {
        string script = File.ReadAllText(Workspace.PathOf("tests", "kernels", "guest"));
        int second = script.IndexOf("\nmodules() {", StringComparison.Ordinal);
        string[] either = OverNftPattern().Match(script).Groups[1].Value.Split(' ', '\n', StringSplitOptions.RemoveEmptyEntries);
        string overNft = string.Concat(either.Select(function => Regex.Match(script, $"^{function}\\(\\) {{$.*?^}}$", RegexOptions.Singleline | RegexOptions.Multiline).Value));
        TheoryData<string, string> rows = [];
        foreach ((string variant, string part, string over) in new[]
            { ("without-legacy", script[..second], ""), ("with-legacy", script[second..], ""), ("without-legacy", overNft, " over nf_tables") })
        {
            foreach (string section in SectionPattern().Matches(part).Select(static match => match.Groups[1].Value).Distinct())
            {
                rows.Add(variant, section + over);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_check_on_a_modular_kernel_holds(string variant, string section)
    {
        IReadOnlyList<string> lines = run.Lines(variant);
        Assert.Equal("", string.Join('\n', lines
            .SkipWhile(line => !line.StartsWith($"not ok {section}:", StringComparison.Ordinal))
            .TakeWhile(line => line[0] == '#' || line.StartsWith($"not ok {section}:", StringComparison.Ordinal))));
        Assert.Contains(lines, line => line.StartsWith($"ok {section}:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("with-legacy", 250)]
    [InlineData("without-legacy", 300)]
    public void It_comes_to_its_end(string variant, int checks)
    {
        IReadOnlyList<string> lines = run.Lines(variant);
        Assert.DoesNotContain(lines, static line => line.StartsWith("not ok end:", StringComparison.Ordinal));
        Assert.InRange(lines.Count(static line => line.StartsWith("ok ", StringComparison.Ordinal)), checks, int.MaxValue);
    }

    [GeneratedRegex(@"^ +section (\S+)$", RegexOptions.Multiline)]
    private static partial Regex SectionPattern();

    /// <summary>The functions that are called over nf_tables as well.</summary>
    [GeneratedRegex(@"^    over nft\n((?:    \w+\n)+)    exit$", RegexOptions.Multiline)]
    private static partial Regex OverNftPattern();
}
