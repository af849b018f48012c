using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>How a line of iptables-save's format becomes words.</summary>
public sealed class RestoreWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   \t ", "")]
    [InlineData("-A INPUT", "-A|INPUT")]
    [InlineData("  -A\t\tINPUT ", "-A|INPUT")]
    [InlineData("\"a b\" c", "a b|c")]
    [InlineData("\"\" x", "|x")]
    [InlineData("a\"b c\"d", "ab c|d")]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("\"a\\\\b\"", "a\\b")]
    [InlineData("\"a\\nb\"", "anb")]
    [InlineData("a\\\"b\"", "a\\b")]
    [InlineData("a\\ b", "a\\|b")]
    [InlineData("'a b'", "'a|b'")]
    [InlineData("\"a\"\"b\"", "a|b")]
    public void Blanks_part_words_and_quotes_keep_them_together(string line, string words) =>
        Assert.Equal(words, string.Join('|', Split(line)));

    [Theory]
    [InlineData("\"a b")]
    [InlineData("\"")]
    [InlineData("a \"b\" c\"d e")]
    [InlineData("\"a\\")]
    [InlineData("\"a\\\"")]
    public void A_quote_that_is_not_closed_is_refused(string line) =>
        Assert.StartsWith("a quote is not closed: ", Assert.Throws<UsageException>(() => Split(line)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("-A INPUT\0 -j DROP")]
    [InlineData("\0")]
    [InlineData("\"a\0b\"")]
    public void A_zero_byte_is_refused(string line) =>
        Assert.StartsWith("the line contains a zero byte, ", Assert.Throws<UsageException>(() => Split(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_line_is_split_as_a_plain_walk_over_its_bytes_splits_it()
    {
        Random random = new(4);
        for (int i = 0; i < 30_000; i++)
        {
            string line = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => "ab-! \t\"\"\\\\é\u0001"[random.Next(12)])]);
            if (Walk(line) is { } words)
            {
                Assert.Equal(words, Split(line));
            }
            else
            {
                Assert.Throws<UsageException>(() => Split(line));
            }
        }
    }

    [Fact]
    public void What_is_quoted_comes_back()
    {
        Random random = new(5);
        for (int i = 0; i < 5000; i++)
        {
            List<string> words = [.. Enumerable.Range(0, random.Next(6)).Select(_ => new string(
                [.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(1, 256))]))];
            string line = string.Join(' ', words.Select(static w => $"\"{w.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
            Assert.Equal(words, Split(line));
        }
    }

    [Fact]
    public void A_line_may_be_very_long()
    {
        string line = string.Join(' ', Enumerable.Repeat("word \"a b\"", 100_000));
        Assert.Equal(200_000, Split(line).Count);
    }

    [Fact]
    public void Words_of_one_object_are_forgotten_and_added_to()
    {
        Words words = new();
        words.Add("x"u8);
        RestoreWords.Split("a \"b c\""u8, words);
        Assert.Equal(["x", "a", "b c"], All(words));
        words.Clear();
        Assert.Equal(0, words.Count);
        RestoreWords.Split("d"u8, words);
        Assert.Equal(["d"], All(words));
    }

    [Fact]
    public void Thousands_of_words_stay_what_they_are()
    {
        Words words = new();
        for (int i = 0; i < 5000; i++)
        {
            words.Add(Encoding.ASCII.GetBytes(new string('w', i % 50) + i));
        }

        Assert.Equal(Enumerable.Range(0, 5000).Select(static i => new string('w', i % 50) + i), All(words));
        Assert.Equal("ww2", Encoding.ASCII.GetString(words[2].Span));
    }

    private static List<string> Split(string line)
    {
        Words words = new();
        RestoreWords.Split(Encoding.Latin1.GetBytes(line), words);
        return All(words);
    }

    private static List<string> All(Words words) => [.. Enumerable.Range(0, words.Count).Select(i => Encoding.Latin1.GetString(words.Span(i)))];

    private static List<string>? Walk(string line)
    {
        List<string> words = [];
        StringBuilder? word = null;
        bool isQuoted = false, isEscaped = false;
        foreach (char c in line)
        {
            if (isQuoted)
            {
                if (isEscaped || c is not ('"' or '\\'))
                {
                    word!.Append(c);
                    isEscaped = false;
                }
                else if (c == '\\')
                {
                    isEscaped = true;
                }
                else
                {
                    words.Add(word!.ToString());
                    word = null;
                    isQuoted = false;
                }
            }
            else if (c is ' ' or '\t')
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                word ??= new();
                isQuoted = c == '"';
                word.Append(isQuoted ? "" : c.ToString());
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return isQuoted ? null : words;
    }
}
