using System.Text;
using System.Text.RegularExpressions;

namespace Sharptables.DifferentialTests.Running;

/// <summary>
/// Reads the <c>.spec</c> beside an extension: <c>rule ; saved or = ; OK or FAIL</c>, then indented <c>word: text</c>; before them
/// <c>:CHAIN</c>, <c>*table</c>, <c>@family ip|ip6|both</c> and <c>%command to run first</c> hold until said otherwise.
/// </summary>
public static partial class SpecFile
{
    /// <summary>The <c>.spec</c> of every extension, in the order of their paths.</summary>
    public static IEnumerable<string> Paths { get; } =
        Directory.GetFiles(Path.Combine(Workspace.Repository, "src", "Sharptables", "Extensions"), "*.spec", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    public static IReadOnlyList<SpecLine> Read(string path)
    {
        string file = Path.GetFileNameWithoutExtension(path);
        List<SpecLine> found = [];
        List<string> setup = [];
        string table = "filter";
        string chain = "INPUT";
        string[] families = ["ip", "ip6"];
        string[] lines = File.ReadAllText(path, Encoding.Latin1).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (string.IsNullOrWhiteSpace(line) || line[0] is '#' or '&') // '&': for the generator
            {
                continue;
            }

            switch (line[0])
            {
                case ':':
                    chain = line[1..].Split(',')[0].Trim();
                    continue;
                case '*':
                    table = line[1..].Trim();
                    continue;
                case '%':
                    setup.Add(line[1..]);
                    continue;
                case '@':
                    string family = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
                    families = family == "both" ? ["ip", "ip6"] : [family];
                    continue;
            }

            Match match = LinePattern().Match(line);
            if (!match.Success)
            {
                throw new FormatException($"{path}:{i + 1}: not \"rule ; saved ; OK or FAIL\": {line}");
            }

            int number = i + 1;
            Dictionary<string, string> known = [];
            for (; i + 1 < lines.Length && KnownPattern().Match(lines[i + 1]) is { Success: true } more; i++)
            {
                known[more.Groups[1].Value] = more.Groups[2].Value;
            }

            string rule = match.Groups[1].Value;
            string saved = match.Groups[2].Value;
            string[] soFar = [.. setup];
            found.AddRange(families.Select(f => new SpecLine(
                file, number, f, table, chain, soFar, rule, saved == "=" ? rule : saved, match.Groups[3].Value == "OK", known)));
        }

        return found;
    }

    [GeneratedRegex(@"^(.*?) *; *(.*?) *; *(OK|FAIL)\s*$")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^[ \t]+([a-z]+):(?: (.*))?$")]
    private static partial Regex KnownPattern();
}
