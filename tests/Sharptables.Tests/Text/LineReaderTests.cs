using System.IO.Pipes;
using System.Text;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Text;

/// <summary>Lines are whole, in whatever pieces they arrive.</summary>
public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("\n", 1)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\n\nb", 3)]
    [InlineData("\n\n\n", 3)]
    public void Lines_end_with_a_line_feed_or_with_the_input(string text, int count)
    {
        List<(string Line, bool IsTerminated)> lines = Read(Encoding.Latin1.GetBytes(text), static _ => int.MaxValue);
        Assert.Equal(count, lines.Count);
        Assert.Equal(text, string.Concat(lines.Select(static l => l.IsTerminated ? l.Line + "\n" : l.Line)));
        Assert.All(lines.SkipLast(1), static l => Assert.True(l.IsTerminated));
    }

    [Fact]
    public void Pieces_of_any_size_make_the_same_lines()
    {
        Random random = new(1);
        for (int i = 0; i < 30; i++)
        {
            byte[] text = new byte[random.Next(200_000)];
            int longest = 1 + random.Next(i % 3 == 0 ? 150_000 : 200);
            random.NextBytes(text);
            text.AsSpan().Replace((byte)'\n', (byte)' ');
            for (int at = random.Next(longest); at < text.Length; at += 1 + random.Next(longest))
            {
                text[at] = (byte)'\n';
            }

            string all = Encoding.Latin1.GetString(text);
            string[] expected = all.Split('\n');
            List<(string Line, bool IsTerminated)> lines = Read(text, _ => 1 + random.Next(70_000));
            Assert.Equal(expected[^1].Length == 0 ? expected[..^1] : expected, lines.Select(static l => l.Line));
        }
    }

    private static List<(string Line, bool IsTerminated)> Read(byte[] text, Func<int, int> piece)
    {
        using AnonymousPipeServerStream to = new(PipeDirection.Out);
        using AnonymousPipeClientStream from = new(PipeDirection.In, to.ClientSafePipeHandle);
        Task writing = Task.Run(() =>
        {
            for (int at = 0; at < text.Length;)
            {
                int count = Math.Min(text.Length - at, piece(at));
                to.Write(text, at, count);
                at += count;
            }

            to.Dispose();
        });
        List<(string, bool)> lines = [];
        LineReader reader = new((int)from.SafePipeHandle.DangerousGetHandle());
        while (reader.Read())
        {
            lines.Add((Encoding.Latin1.GetString(reader.Line), reader.IsTerminated));
            Assert.Equal(lines.Count, reader.Number);
        }

        Assert.False(reader.Read());
        writing.GetAwaiter().GetResult();
        return lines;
    }
}
