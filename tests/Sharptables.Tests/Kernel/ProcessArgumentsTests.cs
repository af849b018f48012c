using System.Text;
using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Kernel;

public sealed class ProcessArgumentsTests
{
    [Fact]
    public void Words_are_the_bytes_of_the_strings()
    {
        byte[][] words = ProcessArguments.Read(["-A", "ä", ""]);
        Assert.Equal(4, words.Length);
        Assert.NotEmpty(words[0]);
        Assert.Equal("-A"u8.ToArray(), words[1]);
        Assert.Equal("ä"u8.ToArray(), words[2]);
        Assert.Empty(words[3]);
    }

    [Fact]
    public void The_last_words_of_a_command_line_are_taken_whatever_bytes_they_hold()
    {
        byte[][] words = [[], [], []];
        ProcessArguments.ReadLast([.. "dotnet\0x.dll\0a\0"u8, 0xff, 0, 0], words);
        Assert.Equal("a"u8.ToArray(), words[0]);
        Assert.Equal([0xff], words[1]);
        Assert.Empty(words[2]);
    }

    [Fact]
    public void A_command_line_that_is_too_short_changes_nothing()
    {
        byte[][] words = [Encoding.UTF8.GetBytes("a"), Encoding.UTF8.GetBytes("b")];
        ProcessArguments.ReadLast("x\0"u8, words);
        Assert.Equal("a"u8.ToArray(), words[0]);
    }
}
