using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Formats.Osf;
using Sharptables.Kernel;
using Xunit;

namespace Sharptables.Tests.Formats.Osf;

/// <summary>Lines of pf.os. What they become on the wire is compared with the original's in the differential tests.</summary>
public sealed class OsFingerprintTextTests
{
    [Fact]
    public void A_line_has_nine_fields()
    {
        OsFingerprint read = Read("S4:64:1:60:M1460,S,T,N,W7:\t@Linux:2.6:tun:Linux 2.6 (with a tunnel)");
        Assert.Equal((OsFingerprintComparison.SegmentSizes, 4u), (read.Window.Comparison, read.Window.Value));
        Assert.Equal((64, 1, 60, 5), (read.TimeToLive, read.DontFragment, read.PacketSize, read.OptionCount));
        Assert.Equal(("Linux", "2.6", "tun"), (Text(read.Genre), Text(read.Version), Text(read.Subtype)));
        Assert.Equal("2/4=1460 4/2 8/10 1/1 3/3=7", Options(read));
    }

    [Theory]
    [InlineData("8192", OsFingerprintComparison.Equal, 8192)]
    [InlineData("*", OsFingerprintComparison.Equal, 0)]
    [InlineData("%8192", OsFingerprintComparison.Multiple, 8192)]
    [InlineData("S22", OsFingerprintComparison.SegmentSizes, 22)]
    [InlineData(" T12 ", OsFingerprintComparison.TransmissionUnits, 12)]
    internal void Windows(string window, OsFingerprintComparison comparison, int value)
    {
        OsFingerprintValue read = Read($"{window}:64:1:60:.:A:::").Window;
        Assert.Equal((comparison, (uint)value), (read.Comparison, read.Value));
    }

    [Theory]
    [InlineData(".", "")]
    [InlineData("", "")]
    [InlineData("E,N,S,T,T0", "0/1 1/1 4/2 8/10 8/10")]
    [InlineData("N N,\tS", "1/1 1/1 4/2")]
    [InlineData("M*,M%536,W*,W%2", "2/4 2/4%536 3/3 3/3%2")]
    [InlineData("N,N,N,N,N,N,N,N,N,N,T,T,T", "1/1 1/1 1/1 1/1 1/1 1/1 1/1 1/1 1/1 1/1 8/10 8/10 8/10")]
    public void TcpOptions(string options, string expected) => Assert.Equal(expected, Options(Read($"*:64:1:60:{options}:A:::")));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r")]
    [InlineData("# 1:2:3")]
    [InlineData("  # indented")]
    public void Blank_lines_and_comments_are_left_out(string line) => Assert.False(OsFingerprintText.TryRead(Encoding.Latin1.GetBytes(line), out _));

    [Fact]
    public void Names_are_cut_where_the_kernel_has_no_more_room() =>
        Assert.Equal(new string('x', 31), Text(Read($"*:64:1:60:.:{new string('x', 99)}:::").Genre));

    [Theory]
    [InlineData("*:64:1:60:.:A::", "7 colons, must be 8")]
    [InlineData("*:64:1:60:.:A:::d:", "9 colons, must be 8")]
    [InlineData("S4x:64:1:60:.:A:::", "\"S4x\" is not a valid window")]
    [InlineData(":64:1:60:.:A:::", "\"\" is not a valid window")]
    [InlineData("65536:64:1:60:.:A:::", "is not a valid window")]
    [InlineData("%0:64:1:60:.:A:::", "is not a valid window")]
    [InlineData("*:256:1:60:.:A:::", "is not a valid TTL")]
    [InlineData("*:64:2:60:.:A:::", "bit (0 or 1)")]
    [InlineData("*:64:1:-1:.:A:::", "is not a valid packet size")]
    [InlineData("*:64:1:60:N,?12:A:::", "\"?12\" is not a valid option")]
    [InlineData("*:64:1:60:M:A:::", "\"M\" is not a valid maximum segment size")]
    [InlineData("*:64:1:60:W256:A:::", "is not a valid window scale")]
    [InlineData("*:64:1:60:T,T,T,T,N:A:::", "more than the 40 bytes")]
    [InlineData("*:64:1:60:.:@:::", "names no system")]
    [InlineData("*:64:1:60:.:A\0:::", "zero byte")]
    public void What_is_no_fingerprint_is_refused(string line, string because) =>
        Assert.Contains(because, Assert.Throws<UsageException>(() => Read(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_line_that_is_too_long_is_not_repeated_in_the_message() =>
        Assert.InRange(Assert.Throws<UsageException>(static () => Read($"{new string('1', 5000)}:64:1:60:.:A:::")).Message.Length, 1, 100);

    private static OsFingerprint Read(string line)
    {
        Assert.True(OsFingerprintText.TryRead(Encoding.Latin1.GetBytes(line), out OsFingerprint fingerprint));
        return fingerprint;
    }

    private static string Text(OsFingerprint.Text text) =>
        Encoding.Latin1.GetString(MemoryMarshal.AsBytes(new ReadOnlySpan<OsFingerprint.Text>(in text))).TrimEnd('\0');

    private static string Options(OsFingerprint fingerprint)
    {
        List<string> texts = [];
        for (int i = 0; i < fingerprint.OptionCount; i++)
        {
            OsFingerprintOption option = fingerprint.Options[i];
            string value = option.Value.Comparison == OsFingerprintComparison.Multiple ? $"%{option.Value.Value}"
                : option.Value.Value > 0 ? $"={option.Value.Value}" : "";
            texts.Add($"{option.Kind}/{option.Length}{value}");
        }

        return string.Join(' ', texts);
    }
}
