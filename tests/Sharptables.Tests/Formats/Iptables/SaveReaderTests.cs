using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>The kind of each line of a save, its parts, and their columns.</summary>
public sealed class SaveReaderTests
{
    [Theory]
    [InlineData("# -A INPUT", SaveLine.Comment)]
    [InlineData("*filter", SaveLine.Table)]
    [InlineData(":INPUT ACCEPT [0:0]", SaveLine.Chain)]
    [InlineData("-A INPUT", SaveLine.Rule)]
    [InlineData("[1:2] -A INPUT", SaveLine.Rule)]
    [InlineData("COMMIT", SaveLine.Commit)]
    [InlineData("COMMIT ", SaveLine.Rule)]
    [InlineData(" COMMIT", SaveLine.Rule)]
    [InlineData("commit", SaveLine.Rule)]
    [InlineData(" # no comment", SaveLine.Rule)]
    internal void A_line_is_what_it_begins_with(string line, SaveLine kind) => Assert.Equal(kind, At(line).Kind);

    [Theory]
    [InlineData(false, SaveLine.Commit)]
    [InlineData(true, SaveLine.Rule)]
    internal void COMMIT_without_a_line_feed_is_none_only_where_it_takes_one(bool needs, SaveLine kind)
    {
        SaveReader reader = new(new LineReader("COMMIT"u8.ToArray()), "iptables-restore") { NeedsLineFeed = needs };
        Assert.True(reader.Read());
        Assert.Equal(kind, reader.Kind);
    }

    [Fact]
    public void Blank_lines_are_passed_over_and_counted()
    {
        SaveReader reader = Of("\n \t\n*filter\n\n\nCOMMIT\n\n");
        Assert.True(reader.Read());
        Assert.Equal(3, reader.Line);
        Assert.True(reader.Read());
        Assert.Equal(6, reader.Line);
        Assert.False(reader.Read());
        Assert.Equal(7, reader.Line);
    }

    [Fact]
    public void Each_part_of_a_line_has_its_column()
    {
        SaveReader line = At(": chain\t- [3:4] more");
        Assert.Equal(("chain", 3), (Text(line.ReadChainName()), line.Column));
        Assert.Equal(("-", 9), (Text(line.ReadPolicy()), line.Column));
        Assert.True(line.TryReadCounters(out XtCounters counters));
        Assert.Equal((new XtCounters { Packets = 3, Bytes = 4 }, "[3:4]", 11), (counters, Text(line.Part), line.Column));
    }

    [Theory]
    [InlineData("-A INPUT -j DROP", "", "", "-A INPUT -j DROP", 1)]
    [InlineData("[1:2] -A INPUT", "1", "2", " -A INPUT", 6)]
    [InlineData("[1:2]-A INPUT", "1", "2", "-A INPUT", 6)]
    [InlineData("[a:b:c] -A", "a", "b:c", " -A", 8)]
    [InlineData("[1:]", "1", "", "", 5)]
    [InlineData("INPUT", "", "", "INPUT", 1)]
    public void A_rule_may_have_counters_before_it(string text, string packets, string bytes, string rule, int column)
    {
        SaveReader line = At(text);
        string read = Text(line.ReadRule(out ReadOnlySpan<byte> packetsRead, out ReadOnlySpan<byte> bytesRead));
        Assert.Equal((packets, bytes, rule, column), (Text(packetsRead), Text(bytesRead), read, line.Column));
    }

    [Theory]
    [InlineData("[3] -A INPUT")]
    [InlineData("[3:4 -A INPUT")]
    [InlineData("[:4] -A INPUT")]
    [InlineData("[]1:2] -A INPUT")]
    public void Counters_that_are_none_are_refused_where_they_stand(string text)
    {
        RestoreException e = Refusal(text, static line => line.ReadRule(out _, out _));
        Assert.Equal(("Bad line 1: need ]", 1, 1, text), (e.Message, e.Line, e.Column, Text(e.Text)));
    }

    [Theory]
    [InlineData("*", "test: line 1 table name invalid", 2)]
    [InlineData("*  ", "test: line 1 table name invalid", 4)]
    [InlineData(":", "test: line 1 chain name invalid", 2)]
    [InlineData(":INPUT", "test: line 1 policy invalid", 7)]
    [InlineData(":INPUT DROP x", "invalid policy counters for chain 'INPUT'", 13)]
    public void A_part_that_is_not_there_is_named_with_its_line_and_column(string text, string message, int column)
    {
        RestoreException e = Refusal(text, static line =>
        {
            if (line.Kind == SaveLine.Table)
            {
                line.ReadTableName();
            }
            else
            {
                ReadOnlySpan<byte> name = line.ReadChainName();
                line.ReadPolicy();
                throw line.TryReadCounters(out _) ? new InvalidOperationException() : line.InvalidCounters(name);
            }
        });
        Assert.Equal((message, column), (e.Message, e.Column));
    }

    [Theory]
    [InlineData("[1:2]", true, 1, 2)]
    [InlineData("[1:2", true, 1, 2)]
    [InlineData("[1:2x]", true, 1, 2)]
    [InlineData("[+1:-2]", true, 1, ulong.MaxValue - 1)]
    [InlineData("[1x:2]", false, 1, 2)]
    [InlineData("[1:x]", false, 1, 0)]
    [InlineData("[1]", false, 1, 0)]
    [InlineData("[:2]", false, 0, 0)]
    [InlineData("1:2", false, 0, 0)]
    [InlineData("", false, 0, 0)]
    public void The_counters_of_a_policy_are_read_as_far_as_they_are_numbers(string text, bool isGood, ulong packets, ulong bytes)
    {
        SaveReader line = At($":INPUT DROP {text}");
        line.ReadChainName();
        line.ReadPolicy();
        Assert.Equal(isGood, line.TryReadCounters(out XtCounters counters));
        Assert.Equal(new XtCounters { Packets = packets, Bytes = bytes }, counters);
    }

    [Fact]
    public void Lines_are_read_without_an_object_for_each()
    {
        const int Lines = 1000;
        StringBuilder text = new("*filter\n:INPUT DROP [1:2]\n");
        for (int i = 0; i < Lines; i++)
        {
            text.Append(i % 2 == 0 ? "-A INPUT -j DROP\n" : "[1:60] -A INPUT -j DROP\n");
        }

        SaveReader reader = Of(text.ToString());
        Skip(reader, 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 2; i < Lines; i++)
        {
            reader.Read();
            reader.ReadRule(out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Skip(SaveReader reader, int lines)
    {
        for (; lines > 0; lines--)
        {
            reader.Read();
        }
    }

    private static RestoreException Refusal(string text, Action<SaveReader> read)
    {
        SaveReader line = At(text);
        return line.At(Assert.Throws<UsageException>(() => read(line)));
    }

    private static SaveReader At(string line)
    {
        SaveReader reader = Of(line + "\n");
        Assert.True(reader.Read());
        return reader;
    }

    private static SaveReader Of(string text) => new(new LineReader(Encoding.Latin1.GetBytes(text)), "test");

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
