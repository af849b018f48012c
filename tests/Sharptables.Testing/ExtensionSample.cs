namespace Sharptables.Testing;

/// <summary>A match or target to compose rules with: where it may stand, what it needs, and its options.</summary>
public sealed record ExtensionSample(
    string Name,
    bool IsTarget,
    IReadOnlyList<string> Families,
    IReadOnlyList<string>? Tables,
    IReadOnlyList<string>? Chains,
    IReadOnlyList<string> With,
    List<string> Before,
    List<OptionSample> Options)
{
    /// <summary>Reads the lines after <c>&amp;</c> in a <c>.spec</c>.</summary>
    public static IReadOnlyList<ExtensionSample> Read(IEnumerable<string> lines)
    {
        List<ExtensionSample> found = [];
        foreach (string line in lines)
        {
            if (line.Length == 0 || line[0] == '#' || line.StartsWith("absent ", StringComparison.Ordinal))
            {
                continue;
            }

            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] is "match" or "target")
            {
                string[] rest = words[3..];
                int with = Array.IndexOf(rest, "with");
                found.Add(new ExtensionSample(
                    words[1],
                    words[0] == "target",
                    words[2].Split(','),
                    After(rest, "tables"),
                    After(rest, "chains"),
                    with < 0 ? [] : rest[(with + 1)..],
                    [],
                    []));
                continue;
            }

            string text = line.Trim();
            if (text[0] == '%')
            {
                found[^1].Before.Add(text[1..]);
                continue;
            }

            string? family = text.StartsWith("ip:", StringComparison.Ordinal) ? "ip"
                : text.StartsWith("ip6:", StringComparison.Ordinal) ? "ip6"
                : null;
            text = family is null ? text : text[(family.Length + 1)..].TrimStart();
            int dashes = text.IndexOf("--", StringComparison.Ordinal);
            string flags = text[..dashes];
            string[] option = text[dashes..].Split("  ", 2);
            string[] values = option.Length == 1 ? [""] : option[1].Split(" | ", 2);
            found[^1].Options.Add(new OptionSample(
                option[0],
                family,
                flags.Contains('!', StringComparison.Ordinal),
                flags.Contains('~', StringComparison.Ordinal),
                flags.Contains('+', StringComparison.Ordinal),
                CompanyOf(flags),
                Values(values[0]),
                values.Length > 1 ? Values(values[1]) : []));
        }

        return found;
    }

    private static string[] Values(string text) => [.. text.Split(" / ").Select(static v => v.Trim()).Select(static v => v == "()" ? "" : v)];

    private static Company CompanyOf(string flags)
    {
        int at = flags.IndexOf('^', StringComparison.Ordinal);
        return at < 0 ? new Company(' ', IsStrict: false)
            : at + 1 < flags.Length && char.IsAsciiDigit(flags[at + 1]) ? new Company(flags[at + 1], IsStrict: true)
            : new Company('^', IsStrict: false);
    }

    private static string[]? After(string[] words, string word)
    {
        int at = Array.IndexOf(words, word);
        return at < 0 ? null : words[at + 1].Split(',');
    }
}
