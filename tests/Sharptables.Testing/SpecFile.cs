using System.Text;
using System.Text.RegularExpressions;

namespace Sharptables.Testing;

/// <summary>
/// The <c>.spec</c> beside an extension: <c>rule ; saved or = ; OK or FAIL</c>, then indented <c>word: text</c>; before them
/// <c>:CHAIN</c>, <c>*table</c>, <c>@family ip|ip6|both|arp|bridge</c> and <c>%command to run first</c> hold until said otherwise, and
/// <c>@packet</c> gives a packet a name; <c>@shows</c> is for docs/extensions.md. At its end, behind <c>&amp;</c>, what rules are composed from. CONTRIBUTING.md tells the form.
/// </summary>
public static partial class SpecFile
{
    private static readonly (string Path, string[] Lines)[] s_files =
        [.. Directory.GetFiles(Workspace.PathOf("src", "Sharptables", "Extensions"), "*.spec", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(static path => (path, File.ReadAllLines(path, Encoding.Latin1)))];

    private static readonly List<SpecCase> s_cases = [.. s_files.SelectMany(static file => Read(file.Path, file.Lines))];

    /// <summary>Every case of iptables and ip6tables, in the order of their files.</summary>
    public static IReadOnlyList<SpecCase> Cases { get; } = s_cases.FindAll(static each => each.Family is "ip" or "ip6");

    /// <summary>Every case of arptables and ebtables.</summary>
    public static IReadOnlyList<SpecCase> FrameCases { get; } = s_cases.FindAll(static each => each.Family is "arp" or "bridge");

    /// <summary>What the packets of a file show, by its name, where that is more than that some are taken and some are left.</summary>
    public static IReadOnlyDictionary<string, string> Shown { get; } = s_files
        .SelectMany(static file => file.Lines.Where(static line => line.StartsWith("@shows ", StringComparison.Ordinal))
            .Select(line => (Name: Path.GetFileNameWithoutExtension(file.Path), What: line["@shows ".Length..])))
        .ToDictionary(static shown => shown.Name, static shown => shown.What);

    /// <summary>What rules are composed from: the lines behind <c>&amp;</c>.</summary>
    public static IReadOnlyList<ExtensionSample> Samples { get; } = ExtensionSample.Read(Behind("& "));

    /// <summary>The extensions that the kernel of the tests does not have.</summary>
    public static IReadOnlyList<string> Absent { get; } = [.. Behind("& absent ").Select(static line => line.Split(' ')[0])];

    private static IEnumerable<string> Behind(string mark) =>
        s_files.SelectMany(static file => file.Lines).Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]);

    private static List<SpecCase> Read(string path, string[] lines)
    {
        List<SpecCase> found = [];
        List<string> setup = [];
        string table = "filter";
        string chain = "INPUT";
        string[] families = ["ip", "ip6"];
        Dictionary<string, string> names = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            switch (line[0])
            {
                case '#' or '&':
                    continue;
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
                    string[] words = line.Split(' ', 3);
                    switch (words[0])
                    {
                        case "@family":
                            families = words[1] == "both" ? ["ip", "ip6"] : [words[1]];
                            continue;
                        case "@packet":
                            names.Add(words[1], words[2]);
                            continue;
                        case "@shows":
                            continue;
                    }

                    break;
            }

            Match match = RulePattern().Match(line);
            if (!match.Success)
            {
                throw new FormatException($"{path}:{i + 1}: not \"rule ; saved ; OK or FAIL\": {line}");
            }

            int number = i + 1;
            Dictionary<string, string> known = [];
            List<string> packets = [];
            for (; i + 1 < lines.Length && KnownPattern().Match(lines[i + 1]) is { Success: true } more; i++)
            {
                if (more.Groups[1].Value == "packet")
                {
                    string[] words = more.Groups[2].Value.Split(' ', 3);
                    packets.Add(string.Join(' ', names.TryGetValue(words[1], out string? named) ? [words[0], named, .. words[2..]] : words));
                }
                else
                {
                    known[more.Groups[1].Value] = more.Groups[2].Value;
                }
            }

            string rule = match.Groups[1].Value;
            string saved = match.Groups[2].Value == "=" ? rule : match.Groups[2].Value;
            string[] soFar = [.. setup];
            found.AddRange(families.Select(family => new SpecCase(
                Path.GetFileNameWithoutExtension(path), number, family, table, chain, soFar, rule, saved, match.Groups[3].Value == "OK", known,
                [.. packets.Select(text => SpecPacket.Parse(text, v6: family == "ip6"))])));
        }

        return found;
    }

    [GeneratedRegex(@"^(.*?) *; *(.*?) *; *(OK|FAIL)\s*$")]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"^[ \t]+([a-z]+):(?: (.*))?$")]
    private static partial Regex KnownPattern();
}
