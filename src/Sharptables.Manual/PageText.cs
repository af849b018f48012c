using System;
using System.Text;

namespace Sharptables.Manual;

/// <summary>Shows a page that <see cref="ManualText"/> has written as a terminal shows it, on machines without man(1).</summary>
/// <param name="withFonts">Whether to show bold and italics by the escapes of a terminal.</param>
internal sealed class PageText(bool withFonts)
{
    private const int MostColumns = 78;
    private const int BodyIndent = 7;
    private const int TagIndent = 14;
    private const char Bold = '\u0001', Italic = '\u0002', Roman = '\u0003', Unbreakable = '\u00a0';

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private int _column; // of what is on the line
    private int _indent;
    private int _more; // of .in
    private bool _isLiteral;
    private bool _isTag; // the next line is one
    private bool _isAtHeading;
    private string _footer = "";

    /// <summary>Shows a page.</summary>
    /// <param name="roff">The page, in the macros of man(7).</param>
    public string Show(string roff)
    {
        foreach (string line in roff.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith('.'))
            {
                int end = line.IndexOf(' ', StringComparison.Ordinal);
                Macro(end < 0 ? line : line[..end], end < 0 ? "" : line[(end + 1)..]);
            }
            else if (_isTag)
            {
                Tag(line);
            }
            else
            {
                Words(line);
            }
        }

        EndLine();
        _text.Append('\n').Append(_footer).Append('\n');
        return _text.ToString();
    }

    private void Macro(string name, string rest)
    {
        switch (name)
        {
            case ".TH":
                string[] parts = rest.Trim('"').Split("\" \"");
                string page = $"{Plain(parts[0])}({parts[1]})";
                _text.Append(Line(page, Plain(parts[4]), page)).Append('\n');
                _footer = Line(parts[3], parts[2], page);
                break;
            case ".SH" or ".SS":
                BeginParagraph();
                _indent = name == ".SH" ? 0 : 3;
                Words($"{Bold}{rest}{Roman}");
                EndLine();
                _indent = BodyIndent;
                _isAtHeading = true;
                break;
            case ".PP":
                BeginParagraph();
                _indent = BodyIndent;
                break;
            case ".TP":
                BeginParagraph();
                _isTag = true;
                break;
            case ".in":
                EndLine();
                _more = rest.Length > 0 ? 4 : 0;
                break;
            case ".EX" or ".EE":
                EndLine();
                _isLiteral = name == ".EX";
                break;
            case ".br":
                EndLine();
                break;
            case ".BR":
                string[] words = rest.Split(' ', 2);
                Words($"{Bold}{words[0]}{Roman}{words[1]}");
                break;
        }
    }

    /// <summary>A tag, and what it explains on the same line if there is room.</summary>
    private void Tag(string line)
    {
        _isTag = false;
        _indent = BodyIndent;
        Words(line);
        _indent = TagIndent;
        if (_column >= TagIndent)
        {
            EndLine();
        }
        else
        {
            _line.Append(' ', TagIndent - _column - 1);
            _column = TagIndent - 1;
        }
    }

    private void Words(string line)
    {
        string text = Read(line);
        if (_isLiteral)
        {
            Add(text);
            EndLine();
            return;
        }

        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_line.Length > 0 && _column + 1 + WidthOf(word) > MostColumns)
            {
                EndLine();
            }

            Add(word);
        }
    }

    private void Add(string word)
    {
        if (_line.Length == 0)
        {
            _line.Append(' ', _indent + _more);
            _column = _indent + _more;
        }
        else
        {
            _line.Append(' ');
            _column++;
        }

        _line.Append(word);
        _column += WidthOf(word);
    }

    private void BeginParagraph()
    {
        EndLine();
        if (!_isAtHeading)
        {
            _text.Append('\n');
        }

        _isAtHeading = false;
    }

    private void EndLine()
    {
        foreach (char c in _line.ToString().TrimEnd())
        {
            switch (c)
            {
                case Bold or Italic or Roman:
                    _text.Append(!withFonts ? "" : c switch { Bold => "\e[1m", Italic => "\e[4m", _ => "\e[0m" });
                    break;
                default:
                    _text.Append(c == Unbreakable ? ' ' : c);
                    break;
            }
        }

        if (_line.Length > 0)
        {
            _text.Append('\n');
        }

        _line.Clear();
        _column = 0;
    }

    private static string Line(string left, string middle, string right) =>
        left + middle.PadLeft(((MostColumns + middle.Length) / 2) - left.Length).PadRight(MostColumns - left.Length - right.Length) + right;

    private static int WidthOf(string word)
    {
        int width = 0;
        foreach (char c in word)
        {
            width += c is Bold or Italic or Roman ? 0 : 1;
        }

        return width;
    }

    private static string Plain(string roff) => Read(roff).Trim(Bold, Italic, Roman);

    /// <summary>Reads the escapes that <see cref="ManualText"/> writes.</summary>
    private static string Read(string roff)
    {
        StringBuilder text = new(roff.Length);
        for (int i = 0; i < roff.Length; i++)
        {
            if (roff[i] != '\\' || i + 1 == roff.Length)
            {
                text.Append(roff[i]);
                continue;
            }

            char kind = roff[++i];
            switch (kind)
            {
                case 'f':
                    text.Append(roff[++i] switch { 'B' => Bold, 'I' => Italic, _ => Roman });
                    break;
                case '(':
                    text.Append(roff[(i + 1)..(i + 3)] switch { "aq" => '\'', "dq" => '"', "ga" => '`', "ha" => '^', _ => '~' });
                    i += 2;
                    break;
                case '[':
                    int end = roff.IndexOf(']', i);
                    text.Append((char)Convert.ToInt32(roff[(i + 2)..end], fromBase: 16)); // u2026
                    i = end;
                    break;
                case '&':
                    break;
                default:
                    text.Append(kind switch { 'e' => '\\', '~' => Unbreakable, _ => kind });
                    break;
            }
        }

        return text.ToString();
    }
}
