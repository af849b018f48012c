using System.Text;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Text;

/// <summary>What a user typed can neither end the line of a message nor control the terminal that shows it.</summary>
public sealed class MessageTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a b\tc", "a b\tc")]
    [InlineData("\\x1b", "\\x1b")]
    [InlineData("\u001b[2J", "\\x1b[2J")]
    [InlineData("a\nHint: b\r", "a\\x0aHint: b\\x0d")]
    [InlineData("\u007f", "\\x7f")]
    [InlineData("bücher, 東京, 😀", "bücher, 東京, 😀")]
    [InlineData("a\u009b2J", "a\\xc2\\x9b2J")]
    [InlineData("a\u202eb", "a\\xe2\\x80\\xaeb")]
    public void Control_characters_are_shown_and_letters_stay(string typed, string shown)
    {
        Assert.Equal(shown, MessageText.Of(Encoding.UTF8.GetBytes(typed)));
        Assert.Equal(shown, Listed(Encoding.UTF8.GetBytes(typed)));
    }

    [Fact]
    public void What_is_no_UTF_8_is_shown_in_a_message_and_stays_in_a_listing()
    {
        byte[] latin = [(byte)'a', 0xe9, (byte)'b', 0x9b];
        Assert.Equal("a\\xe9b\\x9b", MessageText.Of(latin));
        Assert.Equal("a\u00e9b\\x9b", Listed(latin, Encoding.Latin1));
    }

    [Fact]
    public void A_listing_keeps_the_zero_byte_that_the_original_has_behind_a_bpf_program() => Assert.Equal("1,6 0 0 0\0", Listed("1,6 0 0 0\0"u8));

    [Fact]
    public void Nothing_fills_a_screen()
    {
        string shown = MessageText.Of(Encoding.ASCII.GetBytes(new string('w', 32_000)));
        Assert.Equal(new string('w', 1000) + "... (31000 bytes more)", shown);
    }

    [Fact]
    public void No_byte_at_all_gets_through_that_steers_a_terminal()
    {
        Random random = new(8);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            Assert.DoesNotContain(MessageText.Of(bytes), static c => char.IsControl(c) && c != '\t');
        }
    }

    private static string Listed(ReadOnlySpan<byte> bytes, Encoding? encoding = null)
    {
        Output output = new(descriptor: -1);
        output.Write("before "u8);
        int start = output.Length;
        output.Write(bytes);
        MessageText.ShowFrom(output, start);
        return (encoding ?? Encoding.UTF8).GetString(output.Written)["before ".Length..];
    }
}
