using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Names;
using Sharptables.Tests.Text;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Names;

/// <summary>How addresses and masks are read and written.</summary>
public sealed class AddressesTests
{
    private const int Times = 20_000;

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void Every_address_is_written_as_the_C_library_does_and_read_again(int size)
    {
        Random random = new(size);
        byte[] address = new byte[size];
        byte[] again = new byte[size];
        for (int i = 0; i < Times; i++)
        {
            Fill(address, random);
            string text = Write(address);
            Assert.Equal(CLibrary.Format(address), text);
            Assert.True(Addresses.TryRead(Encoding.ASCII.GetBytes(text), again), text);
            Assert.Equal(address, again);
            Assert.Equal(new IPAddress(address), IPAddress.Parse(text));
        }
    }

    [Fact]
    public void IPv6_text_is_taken_exactly_when_the_C_library_takes_it()
    {
        Random random = new(6);
        byte[] address = new byte[16];
        byte[] ours = new byte[16];
        byte[] theirs = new byte[16];
        int taken = 0;
        for (int i = 0; i < Times; i++)
        {
            Fill(address, random);
            StringBuilder text = new(Write(address));
            for (int changes = random.Next(3); changes > 0 && text.Length > 0; changes--)
            {
                int at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, "0:.1fg "[random.Next(7)]),
                    _ => text.Insert(at, text.ToString(at, Math.Min(random.Next(4), text.Length - at))),
                };
            }

            bool isAddress = CLibrary.TryParseIPv6(text.ToString(), theirs);
            Assert.True(isAddress == Addresses.TryRead(Encoding.ASCII.GetBytes(text.ToString()), ours), text.ToString());
            if (isAddress)
            {
                taken++;
                Assert.Equal(theirs, ours);
            }
        }

        Assert.InRange(taken, Times / 4, Times * 3 / 4);
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("1.2.3", "1.2.3.0")]
    [InlineData("10", "10.0.0.0")]
    [InlineData("10.1", "10.1.0.0")]
    [InlineData("0x0a.0.0.010", "10.0.0.8")]
    [InlineData("256", "0.0.1.0")]
    [InlineData("4294967295", "255.255.255.255")]
    [InlineData("0", "0.0.0.0")]
    public void IPv4_may_leave_out_what_is_zero_on_the_right(string text, string address)
    {
        byte[] bytes = new byte[4];
        Assert.True(Addresses.TryRead(Encoding.ASCII.GetBytes(text), bytes));
        Assert.Equal(address, Write(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.")]
    [InlineData("1..2")]
    [InlineData("256.1.1.1")]
    [InlineData("1.256")]
    [InlineData("4294967296")]
    [InlineData("1.2.3.4 ")]
    [InlineData(" 1.2.3.4")]
    [InlineData("++1.2.3.4")]
    [InlineData("-1.2.3.4")]
    [InlineData("-1")]
    [InlineData("1.2.3.4x")]
    [InlineData("::1")]
    [InlineData("99999999999999999999999")]
    public void What_is_no_IPv4_address_is_not_taken(string text) => Assert.False(Addresses.TryRead(Encoding.ASCII.GetBytes(text), new byte[4]));

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_mask_is_a_number_of_bits_or_written_out(int size)
    {
        byte[] mask = new byte[size];
        byte[] again = new byte[size];
        for (int prefix = 0; prefix <= size * 8; prefix++)
        {
            Addresses.SetPrefix(mask, prefix);
            Assert.Equal((BigInteger.One << (size * 8)) - (BigInteger.One << ((size * 8) - prefix)), new BigInteger(mask, isUnsigned: true, isBigEndian: true));
            Assert.Equal(prefix, Addresses.PrefixLength(mask));
            Assert.True(Addresses.TryReadMask(Encoding.ASCII.GetBytes(prefix.ToString(CultureInfo.InvariantCulture)), again));
            Assert.Equal(mask, again);
            Assert.True(Addresses.TryReadMask(Encoding.ASCII.GetBytes(Write(mask)), again));
            Assert.Equal(mask, again);
        }

        Assert.False(Addresses.TryReadMask(Encoding.ASCII.GetBytes($"{(size * 8) + 1}"), again));
        Assert.False(Addresses.TryReadMask("-1"u8, again));
        Assert.False(Addresses.TryReadMask(""u8, again));
    }

    [Fact]
    public void A_mask_that_is_no_prefix_has_no_length_and_is_written_out()
    {
        Random random = new(3);
        byte[] mask = new byte[4];
        for (int i = 0; i < Times; i++)
        {
            Fill(mask, random);
            uint bits = (uint)((mask[0] << 24) | (mask[1] << 16) | (mask[2] << 8) | mask[3]);
            int ones = BitOperations.LeadingZeroCount(~bits);
            bool isPrefix = BitOperations.PopCount(bits) == ones;
            Assert.Equal(isPrefix ? ones : -1, Addresses.PrefixLength(mask));
            Output output = new(descriptor: -1);
            Addresses.WriteMask(output, mask);
            Assert.Equal(
                ones == 32 ? "" : isPrefix ? $"/{ones}" : $"/{mask[0]}.{mask[1]}.{mask[2]}.{mask[3]}", Encoding.ASCII.GetString(output.Written));
        }
    }

    private static string Write(ReadOnlySpan<byte> address)
    {
        Output output = new(descriptor: -1);
        Addresses.Write(output, address);
        return Encoding.ASCII.GetString(output.Written);
    }

    /// <summary>Random bytes, with many zeros and ones: those are where addresses differ in how they are written.</summary>
    private static void Fill(byte[] bytes, Random random)
    {
        random.NextBytes(bytes);
        int zeros = random.Next(4);
        for (int i = 0; i < bytes.Length; i += 2)
        {
            if (random.Next(4) < zeros)
            {
                bytes.AsSpan(i, 2).Fill((byte)(random.Next(5) == 0 ? 0xff : 0));
            }
        }
    }
}
