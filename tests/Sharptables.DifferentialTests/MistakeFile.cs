using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Testing;

namespace Sharptables.DifferentialTests;

/// <summary>
/// A file of <c>Mistakes/</c>: <c># the group</c>, then mistakes. <c>$</c> is a command line, <c>|</c> a line of its standard input, with
/// <c>\r</c>, <c>\0</c> and <c>\xff</c> for bytes that a line cannot show. <c>&lt;</c> is the original's first line, <c>&gt;</c> a line of ours after it;
/// <c>!</c> says why the first lines differ.
/// </summary>
public static partial class MistakeFile
{
    public static string Folder { get; } = Workspace.PathOf("tests", "Sharptables.DifferentialTests", "Mistakes");

    public static IEnumerable<Mistake> ReadAll() => Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(Read);

    public static void WriteAll(IEnumerable<Mistake> mistakes)
    {
        foreach (IGrouping<string, Mistake> file in mistakes.GroupBy(static mistake => mistake.File))
        {
            StringBuilder text = new($"# {file.First().Group}\n");
            foreach (Mistake mistake in file)
            {
                text.Append(CultureInfo.InvariantCulture, $"$ {mistake.Command}\n");
                Append(text, "|", mistake.Input);
                Append(text, "!", mistake.Differs is null ? [] : [mistake.Differs]);
                Append(text, "<", mistake.First.Length == 0 ? [] : [mistake.First]);
                Append(text, ">", mistake.Further);
            }

            File.WriteAllText(Path.Combine(Folder, file.Key), text.ToString());
        }
    }

    /// <summary>What the lines of input stand for, a character a byte.</summary>
    public static string Bytes(IEnumerable<string> input) => string.Concat(input.Select(static line => EscapePattern().Replace(
        Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line)), static escape => escape.Value[1] switch
        {
            'r' => "\r",
            '0' => "\0",
            '\\' => "\\",
            _ => ((char)Convert.ToByte(escape.Value[2..], 16)).ToString(),
        }) + "\n"));

    private static IEnumerable<Mistake> Read(string path)
    {
        List<Mistake> mistakes = [];
        string group = "";
        foreach (string line in File.ReadLines(path))
        {
            string rest = line.Length > 2 ? line[2..] : "";
            switch (line.FirstOrDefault())
            {
                case '#':
                    group = rest;
                    break;
                case '$':
                    mistakes.Add(new Mistake(Path.GetFileName(path), group, rest));
                    break;
                case '|':
                    mistakes[^1].Input.Add(rest);
                    break;
                case '!':
                    mistakes[^1].Differs = rest;
                    break;
                case '<':
                    mistakes[^1].First = rest;
                    break;
                case '>':
                    mistakes[^1].Further.Add(rest);
                    break;
            }
        }

        return mistakes;
    }

    private static void Append(StringBuilder text, string sign, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append(sign).Append(line.Length == 0 ? "" : " ").Append(line).Append('\n');
        }
    }

    [GeneratedRegex(@"\\(x[0-9a-f]{2}|r|0|\\)")]
    private static partial Regex EscapePattern();
}
