using System.Globalization;
using System.Text;

namespace Sharptables.DifferentialTests.Running;

/// <summary>
/// Reads <c>*.cases</c>: <c>### name</c> starts a case, <c># text</c> is a comment, <c>| text</c> is a line of stdin and
/// <c>~ word: text</c> an expectation of the command before it, anything else is a shell line. The expectations are
/// <c>differs</c> (the reason, always first), <c>stdout</c> (again for each further line; empty for no output),
/// <c>stderr</c> (the first line), <c>exit</c> and <c>saved</c> (a line of the save afterwards); and <c>nft</c>, why it is not compared over
/// nf_tables.
/// </summary>
public static class CaseFile
{
    public static IReadOnlyList<Case> Read(string path)
    {
        string file = Path.GetFileNameWithoutExtension(path);
        List<Case> cases = [];
        List<CaseCommand>? commands = null;
        string[] lines = File.ReadAllText(path, Encoding.Latin1).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            FormatException Wrong(string what) => new($"{path}:{i + 1}: {what}: {line}");
            if (line.StartsWith("###", StringComparison.Ordinal))
            {
                string name = line[3..].Trim();
                if (name.Length == 0 || cases.Any(c => c.Name == name))
                {
                    throw Wrong("a case needs a name of its own");
                }

                commands = [];
                cases.Add(new Case(file, name, commands));
            }
            else if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
            {
                continue;
            }
            else if (commands is null)
            {
                throw Wrong("no case has begun");
            }
            else if (line[0] == '|' || line[0] == '~')
            {
                if (commands.Count == 0)
                {
                    throw Wrong("no command before this");
                }

                string text = line.Length > 1 && line[1] == ' ' ? line[2..] : line[1..];
                if (line[0] == '|')
                {
                    commands[^1].Stdin += text + "\n";
                }
                else if (!Expect(commands[^1], text))
                {
                    throw Wrong("not an expectation");
                }
            }
            else
            {
                commands.Add(new CaseCommand(line, i + 1));
            }
        }

        if (cases.FirstOrDefault(static c => c.Commands.Count == 0) is { } empty)
        {
            throw new FormatException($"{path}: the case \"{empty.Name}\" has no command");
        }

        return cases;
    }

    private static bool Expect(CaseCommand command, string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        string value = text[(colon + 1)..];
        value = value.StartsWith(' ') ? value[1..] : value;
        string word = text[..colon].Trim();
        if (word == "differs")
        {
            command.Differs = value;
            return value.Length > 0;
        }

        if (word == "nft")
        {
            command.Nft = value;
            return value.Length > 0;
        }

        if (command.Differs is null)
        {
            return false;
        }

        switch (word)
        {
            case "stdout":
                // The first says what there is instead of the reference's; an empty one, that there is nothing.
                command.Stdout = (command.Stdout ?? "") + (value.Length > 0 || command.Stdout is not null ? value + "\n" : "");
                return true;
            case "stderr":
                command.FirstError = value;
                return true;
            case "exit":
                command.ExitStatus = int.Parse(value, CultureInfo.InvariantCulture);
                return true;
            case "saved":
                command.Saved.Add(value);
                return true;
            default:
                return false;
        }
    }
}
