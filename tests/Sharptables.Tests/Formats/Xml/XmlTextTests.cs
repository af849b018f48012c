using System.Text;
using System.Xml;
using Sharptables.Formats.Iptables;
using Sharptables.Text;
using XmlText = Sharptables.Formats.Xml.XmlText;
using Xunit;

namespace Sharptables.Tests.Formats.Xml;

/// <summary>What iptables-xml writes is XML, whatever it reads; what it writes exactly is compared with the original elsewhere.</summary>
public sealed class XmlTextTests
{
    private static readonly string[] s_words =
    [
        "-A", "INPUT", "own", "0-in", "-j", "-g", "--jump", "--goto", "-m", "!", "tcp", "LOG", "DROP", "a:b", "<&>", "-s", "--dport", "22", "-foo",
        "--", "-", "\"", "\"a b\"", "\"-j\"", "\"\\\"\"", "\\", "--x=1", "-s1.1.1.1", "'", "\u00e4",
        "\u00c3\u00a4", "]]>", "<!--", "-->", "\r", "\t", "&amp;", "\"\"",
    ];

    private static readonly string[] s_lines =
        ["*filter", "*nat", ":INPUT ACCEPT [1:2]", ":own - [0:0]", ":0-in - [0:0]", "COMMIT", "# -- ---> \u00e4 \u0001", "", " \t"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_words_make_well_formed_XML(int seed)
    {
        Random random = new(seed);
        int whole = 0;
        for (int round = 0; round < 500; round++)
        {
            StringBuilder text = new("*filter\n:own - [0:0]\n");
            for (int line = random.Next(12); line > 0; line--)
            {
                text.Append(random.Next(4) == 0
                    ? s_lines[random.Next(s_lines.Length)]
                    : (random.Next(3) == 0 ? "[1:2] -A " : "-A ") + string.Join(' ', random.GetItems(s_words, random.Next(1, 10))));
                text.Append('\n');
            }

            text.Append("COMMIT\n");
            if (Write(text.ToString(), combines: random.Next(2) == 0, showsLines: random.Next(2) == 0) is { } xml)
            {
                whole++;
                AssertIsXml(xml, text.ToString());
            }
        }

        Assert.True(whole > 50, $"only {whole} inputs were taken");
    }

    [Fact]
    public void A_rule_is_kept_word_for_word()
    {
        string? xml = Write("*filter\n:INPUT ACCEPT [1:2]\n[3:4] -A INPUT ! -s 1.1.1.1 -m comment --comment \"a <b>\" -g 0-in\nCOMMIT\n");
        XmlDocument document = new();
        document.LoadXml(xml!);
        XmlNode rule = document.SelectSingleNode("/iptables-rules/table[@name='filter']/chain[@name='INPUT' and @policy='ACCEPT']/rule")!;
        Assert.Equal("3", rule.Attributes!["packet-count"]!.Value);
        Assert.Equal("1.1.1.1", rule.SelectSingleNode("conditions/match/s[@invert='1']")!.InnerText);
        Assert.Equal("\"a <b>\"", rule.SelectSingleNode("conditions/comment/comment")!.InnerText);
        Assert.Equal("0-in", rule.SelectSingleNode("actions/goto/chain")!.Attributes!["name"]!.Value);
    }

    [Theory]
    [InlineData("hello\n", 1, "line 1 failed")]
    [InlineData("*filter\nhello\n", 2, "line 2 failed - no chain found")]
    [InlineData("*filter\n\n:\n", 3, "test: line 3 chain name invalid")]
    [InlineData("*filter\n:INPUT\n", 2, "test: line 2 policy invalid")]
    [InlineData("*\n", 1, "test: line 1 table name invalid")]
    [InlineData("*filter\n[1:2 -A INPUT\n", 2, "Bad line 2: need ]")]
    [InlineData("*filter\n# comment\n", 3, "COMMIT expected at line 3")]
    [InlineData("*filter\n-A INPUT \u0001\n", 2, "line 2 failed")]
    public void An_error_names_the_line(string text, int line, string message)
    {
        RestoreException e = Assert.Throws<RestoreException>(() => WriteTo(new Output(-1), text, false, false));
        Assert.Equal((line, message), (e.Line, e.Message));
    }

    private static string? Write(string text, bool combines = false, bool showsLines = false)
    {
        Output output = new(-1);
        try
        {
            WriteTo(output, text, combines, showsLines);
        }
        catch (RestoreException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(output.Written);
    }

    private static void WriteTo(Output output, string text, bool combines, bool showsLines)
    {
        LineReader lines = new(Encoding.Latin1.GetBytes(text));
        new XmlText(new SaveReader(lines, "test"), output) { CombinesActions = combines, ShowsLines = showsLines }.Write();
    }

    private static void AssertIsXml(string xml, string text)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(xml));
            while (reader.Read())
            {
            }
        }
        catch (XmlException e)
        {
            Assert.Fail($"{e.Message}\n{xml}\nof\n{text}");
        }
    }
}
