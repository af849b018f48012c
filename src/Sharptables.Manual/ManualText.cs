using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Manual;

/// <summary>
/// Writes text in the macros of man(7) and the fonts of man-pages(7). Each sentence begins a new line, so that versions of a page are easy
/// to compare and lines stay short.
/// </summary>
/// <param name="output">Where to write.</param>
/// <param name="programs">Names of programs, which are always set in bold.</param>
internal sealed class ManualText(Output output, IReadOnlyCollection<string> programs)
{
    private const int MostColumns = 76;
    private const string Bold = @"\fB";
    private const string Italic = @"\fI";
    private const string Roman = @"\fR";

    private readonly StringBuilder _line = new();
    private bool _isAtHeading;
    private bool _isTyped;

    public void Title(string name, int section, ManualEdition edition)
    {
        string part = section == 1 ? "User Commands" : "System Administration";
        Line($"""
            .TH "{Typed(name.ToUpperInvariant())}" "{section}" "{edition.Date}" "Sharptables {edition.Version}" "{part}"
            """);
    }

    /// <summary>Writes the section NAME in the form that whatis(1) reads.</summary>
    public void Name(string[] names, string summary)
    {
        for (int i = 0; i < names.Length; i++)
        {
            AddWord(Typed(names[i]) + (i < names.Length - 1 ? "," : @" \-"));
        }

        EndLine();
        Line(Plain(summary));
    }

    public void Heading(string text)
    {
        Line($".SH {Plain(text)}");
        _isAtHeading = true;
    }

    public void Subheading(string text)
    {
        Line($".SS {Typed(text)}");
        _isAtHeading = true;
    }

    /// <summary>Writes paragraphs in the form of <see cref="ProgramDescription.Description"/>.</summary>
    public void Paragraphs(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length;)
        {
            int start = i;
            if (lines[i].Length == 0)
            {
                i++;
            }
            else if (IsLiteral(lines[i]))
            {
                i = EndOf(lines, i, IsLiteral);
                Literal(Array.ConvertAll(lines[start..i], static line => line[4..]));
            }
            else if (i + 1 < lines.Length && IsExplanation(lines[i + 1]))
            {
                i = EndOf(lines, i + 1, IsExplanation);
                Tagged($"{Bold}{Typed(lines[start])}{Roman}", string.Join(' ', lines[(start + 1)..i]));
            }
            else
            {
                i = EndOf(lines, i, line => line.Length > 0 && !IsLiteral(line));
                Paragraph(string.Join(' ', lines[start..i]));
            }
        }
    }

    /// <summary>Writes one paragraph.</summary>
    public void Paragraph(string text)
    {
        NewParagraph();
        Fill(text);
    }

    /// <summary>Writes a tagged paragraph.</summary>
    /// <param name="tag">The tag, in roff.</param>
    /// <param name="text">The paragraph.</param>
    public void Tagged(string tag, string text)
    {
        Line(".TP");
        Line(tag);
        Fill(text);
        _isAtHeading = false;
    }

    /// <summary>Writes paragraphs below the tag that was written last, in the form of <see cref="ProgramDescription.Description"/>.</summary>
    public void BelowTag(string text)
    {
        Line(".RS");
        Paragraphs(text);
        Line(".RE");
    }

    /// <summary>Writes lines unformatted.</summary>
    public void Literal(params ReadOnlySpan<string> lines)
    {
        NewParagraph();
        Line(".in +4n");
        Line(".EX");
        foreach (string line in lines)
        {
            Line(Guarded(Typed(line)));
        }

        Line(".EE");
        Line(".in");
    }

    /// <summary>Writes lines of roff.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        bool isFirst = true;
        foreach (string line in lines)
        {
            if (!isFirst)
            {
                Line(".br");
            }

            Line(line);
            isFirst = false;
        }
    }

    /// <summary>Writes names of pages such as <c>iptables(8)</c>, separated by commas.</summary>
    public void References(ReadOnlySpan<string> pages)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            int bracket = pages[i].IndexOf('(', StringComparison.Ordinal);
            Line($".BR {Typed(pages[i][..bracket])} {pages[i][bracket..]}{(i + 1 < pages.Length ? "," : "")}");
        }
    }

    /// <summary>What is typed literally, in bold.</summary>
    public static string Command(string text) => $"{Bold}{Typed(text)}{Roman}";

    /// <summary>A file, in italics.</summary>
    public static string File(string path) => $"{Italic}{Typed(path)}{Roman}";

    /// <summary>
    /// The form of a value or a command line: placeholders in italics, what is typed literally in bold.
    /// </summary>
    /// <param name="form">The form: <c>[-t table]</c>, <c>port[:port]</c>, <c>one|other</c>.</param>
    public static string Form(string form)
    {
        StringBuilder text = new();
        for (int i = 0; i < form.Length;)
        {
            int end = i;
            while (end < form.Length && !"[]{}(), ".Contains(form[end], StringComparison.Ordinal))
            {
                end++;
            }

            AppendPart(form[i..end], text);
            i = end;
            for (; i < form.Length && "[]{}(), ".Contains(form[i], StringComparison.Ordinal); i++)
            {
                text.Append(form[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>Makes blanks unbreakable, for what must be on one line.</summary>
    public static string Unbroken(string roff) => roff.Replace(" ", @"\~", StringComparison.Ordinal);

    private static void AppendPart(string part, StringBuilder text)
    {
        bool isChoice = part.Contains('|', StringComparison.Ordinal) && part[0] != '|' && part[^1] != '|';
        for (int i = 0; i < part.Length;)
        {
            int end = i;
            while (end < part.Length && IsOfWord(part[end]))
            {
                end++;
            }

            if (end > i)
            {
                string word = part[i..end];
                text.Append(isChoice || word[0] == '-' ? Bold : Italic).Append(Typed(word)).Append(Roman);
            }

            i = end;
            for (; i < part.Length && !IsOfWord(part[i]); i++)
            {
                text.Append(Typed(part[i..(i + 1)]));
            }
        }
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '<' or '>' or '\u2026';

    private static bool IsLiteral(string line) => line.StartsWith("    ", StringComparison.Ordinal);

    private static bool IsExplanation(string line) => line.StartsWith("  ", StringComparison.Ordinal) && !IsLiteral(line);

    private static int EndOf(string[] lines, int start, Predicate<string> isPart)
    {
        while (start < lines.Length && isPart(lines[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>Begins a paragraph, unless a heading has just begun one.</summary>
    private void NewParagraph()
    {
        if (!_isAtHeading)
        {
            Line(".PP");
        }

        _isAtHeading = false;
    }

    /// <summary>Writes the words of a paragraph.</summary>
    private void Fill(string text)
    {
        _isTyped = false;
        foreach (string word in text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            AddWord(Styled(word));
            if (!_isTyped && word.TrimEnd(')', '"') is [.., '.' or '?' or '!'])
            {
                EndLine();
            }
        }

        EndLine();
    }

    /// <summary>Adds a word to the line, or to a new one if there is no room.</summary>
    private void AddWord(string styled)
    {
        if (_line.Length > 0 && _line.Length + 1 + styled.Length > MostColumns)
        {
            EndLine();
        }

        _line.Append(_line.Length > 0 ? " " : "").Append(styled);
    }

    private void EndLine()
    {
        if (_line.Length > 0)
        {
            Line(Guarded(_line.ToString()));
            _line.Clear();
        }
    }

    private string Styled(string word)
    {
        if (word.Contains('`', StringComparison.Ordinal) || _isTyped)
        {
            return StyledTyped(word);
        }

        if (IsReference(word, out int bracket))
        {
            return $"{Bold}{Typed(word[..bracket])}{Roman}{Plain(word[bracket..])}";
        }

        int start = word.Length - word.TrimStart('(', '[', '"').Length;
        int end = Math.Max(word.TrimEnd(')', ']', '"', '.', ',', ';', ':', '?', '!').Length, start);
        string core = word[start..end];
        string? font = IsOption(core) || IsProgram(core) ? Bold : core is ['/', not '/', ..] && char.IsAsciiLetter(core[1]) ? Italic : null;
        return font is null ? Plain(word) : $"{Plain(word[..start])}{font}{Typed(core)}{Roman}{Plain(word[end..])}";
    }

    /// <summary>A word of a text in backquotes, which may be several words.</summary>
    private string StyledTyped(string word)
    {
        StringBuilder text = new();
        string[] parts = word.Split('`');
        for (int i = 0; i < parts.Length; i++)
        {
            _isTyped ^= i > 0;
            text.Append(parts[i].Length == 0 ? "" : _isTyped ? Command(parts[i]) : Plain(parts[i]));
        }

        return text.ToString();
    }

    private static bool IsReference(string word, out int bracket)
    {
        bracket = word.IndexOf('(', StringComparison.Ordinal);
        return bracket > 0 && bracket + 2 < word.Length && char.IsAsciiDigit(word[bracket + 1]) && word[bracket + 2] == ')';
    }

    private static bool IsOption(string word) =>
        word is ['-', var first, ..] && (char.IsAsciiLetterOrDigit(first) || (word is ['-', '-', var second, ..] && char.IsAsciiLetterOrDigit(second)));

    private bool IsProgram(string word)
    {
        foreach (string program in programs)
        {
            if (program == word)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A line of text, protected if roff would take it for a macro.</summary>
    private static string Guarded(string line) => line is ['.' or '\'', ..] ? @"\&" + line : line;

    private static string Plain(string text) => Escaped(text, isTyped: false);

    /// <summary>Literal text for roff: its dashes are those of the keyboard.</summary>
    private static string Typed(string text) => Escaped(text, isTyped: true);

    private static string Escaped(string text, bool isTyped)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '\\' => @"\e",
                '-' when isTyped => @"\-",
                '\'' when isTyped => @"\(aq",
                '"' when isTyped => @"\(dq",
                '`' => @"\(ga",
                '^' => @"\(ha",
                '~' => @"\(ti",
                > '~' => string.Create(CultureInfo.InvariantCulture, $@"\[u{(int)c:X4}]"),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private void Line(string text) => output.Write(text + "\n");
}
