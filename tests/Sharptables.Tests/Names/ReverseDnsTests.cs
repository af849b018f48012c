using System.Net;
using System.Text;
using Sharptables.Names;
using Xunit;

namespace Sharptables.Tests.Names;

public sealed class ReverseDnsTests
{
    [Theory]
    [InlineData("192.0.2.10", "10.2.0.192.in-addr.arpa")]
    [InlineData("::ffff:192.0.2.10", "10.2.0.192.in-addr.arpa")]
    [InlineData("::192.0.2.10", "10.2.0.192.in-addr.arpa")]
    [InlineData("::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa")]
    [InlineData("2001:db8::12", "2.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void The_question_names_the_address_backwards(string address, string expected)
    {
        byte[] question = Question(address);
        Assert.Equal([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], question[..12]);
        byte[] name = [.. expected.Split('.').SelectMany(static label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
        Assert.Equal([.. name, 0, 12, 0, 1], question[12..]);
    }

    [Fact]
    public void A_plain_answer_is_read()
    {
        Assert.Equal("a-1.example", Read(0x81, 0x80, 1, [0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 13, 3, .. "a-1"u8, 7, .. "example"u8, 0]));
        Assert.Equal("x.arpa", Read(0x85, 0x80, 1, [0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 4, 1, .. "x"u8, 0xc0, 30])); // the question's arpa
        Assert.Equal("", Read(0x81, 0x83, 0, []));
        Assert.Equal("", Read(0x81, 0x80, 0, []));
    }

    [Fact]
    public void Whatever_else_comes_is_left_to_the_system()
    {
        byte[] record = [0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 3, 1, (byte)'x', 0];
        Assert.Equal("x", Read(0x81, 0x80, 1, record));
        Assert.Null(Read(0x01, 0x80, 1, record)); // a question
        Assert.Null(Read(0x83, 0x80, 1, record)); // cut
        Assert.Null(Read(0x81, 0x82, 0, [])); // SERVFAIL
        Assert.Null(Read(0x81, 0x85, 0, [])); // REFUSED
        Assert.Null(Read(0x81, 0x80, 1, [0xc0, 12, 0, 5, .. record[4..]])); // CNAME: RFC 2317
        Assert.Null(Read(0x81, 0x80, 1, [1, (byte)'y', 0, .. record[2..]])); // of another name
        Assert.Null(Read(0x81, 0x80, 1, [.. record[..12], 2, (byte)'a', (byte)'\n', 0]));
        Assert.Null(Read(0x81, 0x80, 1, [.. record[..12], 0])); // the root
        Assert.Null(Read(0x81, 0x80, 1, [.. record[..12], 63, (byte)'a'])); // beyond the end
        Assert.Null(Read(0x81, 0x80, 1, [.. record[..12], 1, (byte)'a', 0xc0, 53])); // a pointer to itself
        Assert.Null(Read(0x81, 0x80, 1, [.. record[..12], 1, (byte)'a', 0xc0])); // half of one
        byte[] other = Answer(Question("192.0.2.2"), 0x81, 0x80, 1, record);
        Assert.Null(ReverseDns.ReadAnswer(other, Question("192.0.2.1")));
        Assert.Null(ReverseDns.ReadAnswer([], Question("192.0.2.1")));
    }

    [Fact]
    public void No_bytes_of_an_answer_make_it_fail()
    {
        byte[] question = Question("192.0.2.1");
        byte[] answer = Answer(question, 0x81, 0x80, 1, [0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 60, 0, 13, 3, .. "a-1"u8, 7, .. "example"u8, 0]);
        for (int at = 0; at < answer.Length; at++)
        {
            _ = ReverseDns.ReadAnswer(answer.AsSpan(0, at), question);
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. answer];
                changed[at] = (byte)value;
                _ = ReverseDns.ReadAnswer(changed, question);
            }
        }
    }

    [Theory]
    [InlineData("# nameserver 192.0.2.1\nsearch example\nnameserver 192.0.2.53\nnameserver 192.0.2.54\n", "192.0.2.53")]
    [InlineData("nameserver 2001:db8::53\noptions edns0 trust-ad\n", "2001:db8::53")]
    [InlineData("", "127.0.0.1")]
    [InlineData("nameserver 192.0.2.53\noptions ndots:2 use-vc\n", null)]
    [InlineData("nameserver fe80::1%eth0\n", null)]
    public void The_first_name_server_is_asked_where_nothing_speaks_against_it(string configuration, string? expected) =>
        Assert.Equal(expected is null ? null : IPAddress.Parse(expected).GetAddressBytes(), ReverseDns.FindServer(Encoding.UTF8.GetBytes(configuration)));

    private static string? Read(byte flags, byte status, byte records, byte[] record)
    {
        byte[] question = Question("192.0.2.1");
        byte[]? name = ReverseDns.ReadAnswer(Answer(question, flags, status, records, record), question);
        return name is null ? null : Encoding.ASCII.GetString(name);
    }

    private static byte[] Answer(byte[] question, byte flags, byte status, byte records, byte[] record) =>
        [.. question[..2], flags, status, 0, 1, 0, records, 0, 0, 0, 0, .. question[12..], .. record];

    private static byte[] Question(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        byte[] question = new byte[92];
        return question[..ReverseDns.WriteQuestion(question, 0x1234, Hosts.KeyOf(bytes))];
    }
}
