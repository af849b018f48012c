using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Editing;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Nft;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Tests.Translation;

/// <summary>A rule of a <c>.spec</c>, as commands of nft: ours, and those of the C original.</summary>
internal sealed partial record TranslatedCase(SpecCase Case, string[] Ours, string[] Original)
{
    /// <summary>Whether nft cannot say it, by ours.</summary>
    public bool IsComment => Ours is ["", ..] or [['#', ..], ..];

    /// <summary>The rule, without its place: what stands behind <c>nft:</c> in a <c>.spec</c>, for either family.</summary>
    public string Words => IsComment ? "" : WordsOf(Ours[^1]).Replace("ip6 ", "ip ", StringComparison.Ordinal).Replace("meta l4proto ", "ip protocol ", StringComparison.Ordinal);

    /// <summary>The rule of a command, without its place.</summary>
    public static string WordsOf(string command) => command.Split(' ', 6)[^1];

    /// <summary>Those of a family, each rule once.</summary>
    /// <param name="family">The family.</param>
    /// <param name="folder">Where the original's programs are; empty for those that are installed.</param>
    public static IReadOnlyList<TranslatedCase> Of(Family family, string folder = "")
    {
        SpecCase[] cases = [.. (family.XTables is null ? SpecFile.FrameCases : SpecFile.Cases).Where(each => each.IsWellFormed && each.Family == family.NftName && each.Setup.Count == 0)
            .DistinctBy(static each => (each.Table, each.Chain, each.Saved))];
        if (family.XTables is null)
        {
            return OneByOne(cases, family, Path.Combine(folder, $"{family.Program}-translate"));
        }

        List<TranslatedCase> all = [];
        for (int next = 0; next < cases.Length;)
        {
            SpecCase[] rest = cases[next..];
            List<string[]> theirs = Split(NftProgram.Run(string.Concat(rest.Select(Saved)), Path.Combine(folder, $"{family.Program}-restore-translate")));

            // The original ends at a line that it does not take.
            int count = Math.Min(theirs.Count, rest.Length);
            all.AddRange(rest[..count].Zip(theirs, (each, lines) => new TranslatedCase(
                each, Translate(each, family), [.. lines.Select(static line => OfOneRule(line))])));
            next += count + (count < rest.Length && theirs is not [.., { Length: 0 }] ? 1 : 0);
            if (theirs is [.., { Length: 0 }])
            {
                all[^1] = all[^1] with { Original = ["?"] };
            }
        }

        return all;
    }

    /// <summary>The original has no program that translates a file of these.</summary>
    private static List<TranslatedCase> OneByOne(SpecCase[] cases, Family family, string program)
    {
        string script = string.Concat(cases.Select(each => $"{program} -t {each.Table} -A {each.Chain} {each.Saved} 2>/dev/null\necho --\n"));
        string[] outputs = new Testing.Command("unshare", ["-n", "sh"]) { Stdin = script }.Run().Stdout.Split("--\n");
        return [.. cases.Zip(outputs, (each, output) => new TranslatedCase(
            each, Translate(each, family), [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.StartsWith("nft 'add", StringComparison.Ordinal) ? line[5..^1] : "#")]))];
    }

    /// <summary>Our translation of a saved table.</summary>
    public static string Translate(string saved, Family family)
    {
        Output output = new(Output.Kept);
        using RuleSet names = new(family);
        new SaveTranslator(names.Extensions, "test", output).Translate(new LineReader(Encoding.Latin1.GetBytes(saved)));
        return Encoding.Latin1.GetString(output.Written);
    }

    /// <summary>As if the rule were the only one: with its sets numbered from 0. And 1.8.9 has two blanks in front of a time.</summary>
    private static string OfOneRule(string line) => SetPattern().Replace(line.Replace("  ", " ", StringComparison.Ordinal), "connlimit0");

    [GeneratedRegex(@"connlimit\d+")]
    private static partial Regex SetPattern();

    private static string[] Translate(SpecCase each, Family family)
    {
        try
        {
            return Split(Translate(Saved(each), family).Split('\n'))[0];
        }
        catch (RestoreException)
        {
            return [""];
        }
    }

    private static string Saved(SpecCase each) => $"*{each.Table}\n-A {each.Chain} {each.Saved}\nCOMMIT\n";

    private static List<string[]> Split(string[] lines)
    {
        List<string[]> tables = [];
        foreach (string line in lines)
        {
            if (line.StartsWith("add table ", StringComparison.Ordinal))
            {
                tables.Add([]);
            }
            else if (tables.Count > 0 && (line.StartsWith("add ", StringComparison.Ordinal) || line.StartsWith("# -t ", StringComparison.Ordinal)))
            {
                tables[^1] = [.. tables[^1], line];
            }
        }

        return tables;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Case}";
}
