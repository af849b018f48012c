using System.Text;

namespace Sharptables.Testing;

/// <summary>Splits a command without expansions as sh does.</summary>
public static class ShellWords
{
    /// <returns>The words; null when there is something to expand, or a quote that is not closed.</returns>
    public static List<string>? Split(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            switch (c)
            {
                case ' ' or '\t':
                    if (word is not null)
                    {
                        words.Add(word.ToString());
                        word = null;
                    }

                    break;
                case '\'':
                    int end = line.IndexOf('\'', i + 1);
                    if (end < 0)
                    {
                        return null;
                    }

                    word = (word ?? new()).Append(line, i + 1, end - i - 1);
                    i = end;
                    break;
                case '"':
                    word ??= new();
                    for (i++; i < line.Length && line[i] != '"'; i++)
                    {
                        if (line[i] is '$' or '`')
                        {
                            return null;
                        }

                        i += line[i] == '\\' && i + 1 < line.Length && line[i + 1] is ('"' or '\\' or '$' or '`') ? 1 : 0;
                        word.Append(line[i]);
                    }

                    if (i == line.Length)
                    {
                        return null;
                    }

                    break;
                case '\\' when i + 1 < line.Length:
                    word = (word ?? new()).Append(line[++i]);
                    break;
                case '$' or '`' or '|' or '&' or '<' or '>' or '(' or ')':
                    return null;
                default:
                    word = (word ?? new()).Append(c);
                    break;
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
