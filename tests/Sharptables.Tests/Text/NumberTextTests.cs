using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Text;

/// <summary>Numbers are read as C's strtoull reads them, where iptables does.</summary>
public sealed class NumberTextTests
{
    private const int Times = 30_000;
    private const string Letters = "00112378995xXaAfFgG+- \t\v.";

    private static readonly string[] s_edges =
    [
        "", "-", "+", "0", "0x", "0xg", "08", "-0", "18446744073709551615", "18446744073709551616", "-18446744073709551615", "-18446744073709551616",
        "99999999999999999999999999", "-1", "+1", "--1", " 1", "1 ", "\n\r\f1", "0x1fffffffffffffffff", "0xffffffffffffffff", "01777777777777777777777",
        "02000000000000000000000", "1:2", "  +0x10",
    ];

    [Fact]
    public void Counters_are_read_in_decimal_with_junk_behind()
    {
        foreach (string text in Texts())
        {
            (ulong value, int length, _) = CLibrary.ReadNumber(text, 10);
            bool isNumber = CounterText.TryRead(Encoding.Latin1.GetBytes(text), out ulong read);
            Assert.True(isNumber == length > 0, $"\"{text}\"");
            Assert.True(!isNumber || value == read, $"\"{text}\": {value} {read}");
        }
    }

    [Fact]
    public void Numerals_have_the_bases_of_C_but_no_minus_and_must_fit()
    {
        foreach (string text in Texts())
        {
            (ulong value, int length, bool fits) = CLibrary.ReadNumber(text, 0);
            byte[] bytes = Encoding.Latin1.GetBytes(text);
            bool isNumber = Numerals.TryReadPrefix(bytes, out ulong read, out ReadOnlySpan<byte> rest);
            bool expected = length > 0 && fits && !text.TrimStart().StartsWith('-');
            Assert.True(isNumber == expected, $"\"{text}\"");
            if (isNumber)
            {
                Assert.True(value == read && rest.Length == bytes.Length - length, $"\"{text}\": {value} {read}");
            }
        }
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0", null)]
    [InlineData("5x", 5)]
    [InlineData("4294967296", null)]
    [InlineData("4294967295", int.MaxValue)]
    [InlineData("0x10", 16)]
    [InlineData("010", 8)]
    [InlineData("08", null)]
    [InlineData("+1", 1)]
    [InlineData(" 1", 1)]
    [InlineData("-1", null)]
    [InlineData("99999999999999999999", null)]
    public void Seconds_to_wait_keep_32_bits_and_0_is_without_end(string text, int? seconds) =>
        Assert.Equal(seconds, WaitText.ReadSeconds(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-x")]
    [InlineData("- 1")]
    [InlineData("+-1")]
    public void Seconds_to_wait_begin_with_a_digit(string text) =>
        Assert.Equal("wait seconds not numeric", Assert.Throws<UsageException>(() => WaitText.ReadSeconds(Encoding.ASCII.GetBytes(text))).Message);

    private static IEnumerable<string> Texts()
    {
        Random random = new(10);
        IEnumerable<string> made = Enumerable.Range(0, Times).Select(_ => new string(
            [.. Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 6 : 25)).Select(_ => Letters[random.Next(Letters.Length)])]));
        return s_edges.Concat(made);
    }
}
