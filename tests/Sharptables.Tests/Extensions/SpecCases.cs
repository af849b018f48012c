using System.Text;
using System.Text.RegularExpressions;

namespace Sharptables.Tests.Extensions;

/// <summary>Every line of every <c>.spec</c>.</summary>
internal static partial class SpecCases
{
    public static IReadOnlyList<SpecCase> All { get; } =
        [.. Directory.GetFiles(SourceTree.PathOf("src", "Sharptables", "Extensions"), "*.spec", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).SelectMany(Read)];

    public static List<SpecCase> Read(string path)
    {
        List<SpecCase> cases = [];
        string table = "filter", chain = "INPUT";
        bool[] families = [false, true];
        Dictionary<string, string> known = [];
        string[] lines = File.ReadAllLines(path, Encoding.Latin1);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (KnownPattern().Match(line) is { Success: true } more)
            {
                known[more.Groups[1].Value] = more.Groups[2].Value;
            }
            else if (line.Length == 0 || line[0] is '#' or '%' or '&' || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            else if (line[0] == ':')
            {
                chain = line[1..].Split(',')[0].Trim();
            }
            else if (line[0] == '*')
            {
                table = line[1..].Trim();
            }
            else if (line[0] == '@')
            {
                families = line.Split(' ')[1] switch { "ip" => [false], "ip6" => [true], _ => [false, true] };
            }
            else
            {
                Match match = LinePattern().Match(line);
                Xunit.Assert.True(match.Success, $"{path}:{i + 1}: not \"rule ; saved ; OK or FAIL\": {line}");
                known = [];
                string saved = match.Groups[2].Value == "=" ? match.Groups[1].Value : match.Groups[2].Value;
                foreach (bool isIPv6 in families)
                {
                    cases.Add(new SpecCase(
                        Path.GetFileNameWithoutExtension(path), i + 1, isIPv6, table, chain, match.Groups[1].Value, saved,
                        match.Groups[3].Value == "OK" || match.Groups[2].Length > 0, known)); // A saved form beside FAIL: only the kernel refuses it
                }
            }
        }

        return cases;
    }

    [GeneratedRegex(@"^(.*?) *; *(.*?) *; *(OK|FAIL)\s*$")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^[ \t]+([a-z]+):(?: (.*))?$")]
    private static partial Regex KnownPattern();
}
