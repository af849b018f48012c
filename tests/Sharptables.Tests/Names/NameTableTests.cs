using System.Text;
using Sharptables.Names;
using Xunit;

namespace Sharptables.Tests.Names;

public sealed class NameTableTests
{
    [Fact]
    public void The_first_entry_of_a_name_wins()
    {
        NameTable table = Services("one 1/tcp x\ntwo 2/tcp x\n");
        Assert.True(table.TryGetNumber("x"u8, "tcp"u8, out uint? number));
        Assert.Equal(1u, number);
    }

    [Fact]
    public void The_first_entry_of_a_number_wins_and_aliases_do_not_name_it()
    {
        NameTable table = Services("http 80/tcp www # comment 81/tcp\nother 80/tcp\nx 81/tcp\n");
        Assert.True(table.TryGetName(80, "tcp"u8, out ReadOnlySpan<byte> name));
        Assert.Equal("http", Encoding.UTF8.GetString(name));
        Assert.True(table.TryGetNumber("www"u8, "tcp"u8, out uint? number));
        Assert.Equal(80u, number);
        Assert.False(table.TryGetNumber("comment"u8, "tcp"u8, out _));
    }

    [Fact]
    public void Each_scope_has_names_of_its_own_and_none_means_any()
    {
        NameTable table = Services("a 5/tcp\na 6/udp\nb 7/udp");
        Assert.True(table.TryGetNumber("a"u8, "udp"u8, out uint? udp));
        Assert.Equal(6u, udp);
        Assert.False(table.TryGetNumber("b"u8, "tcp"u8, out _));
        Assert.True(table.TryGetNumber("b"u8, default, out uint? any));
        Assert.Equal(7u, any);
    }

    [Fact]
    public void A_name_may_be_known_to_have_no_number_and_a_number_no_name()
    {
        NameTable table = new();
        table.Add(table.AddText("ghosttcp"u8.ToArray()), ..5, 5.., null, isCanonical: false);
        Assert.True(table.TryGetNumber("ghost"u8, "tcp"u8, out uint? number));
        Assert.Null(number);
        table.AddNameless(9, "tcp"u8);
        table.AddNameless(10, "tcp"u8);
        Assert.True(table.TryGetName(9, "tcp"u8, out ReadOnlySpan<byte> name));
        Assert.True(name.IsEmpty);
        Assert.True(table.TryGetName(10, "tcp"u8, out _));
        Assert.False(table.TryGetName(11, "tcp"u8, out _));
        Assert.False(table.TryGetNumber(default, "tcp"u8, out _));
    }

    [Fact]
    public void Thousands_of_names_are_all_found_again()
    {
        StringBuilder text = new();
        for (int i = 0; i < 5000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"name{i}\t{i}/tcp alias{i}\n");
        }

        NameTable table = Services(text.ToString());
        for (int i = 0; i < 5000; i++)
        {
            Assert.True(table.TryGetNumber(Encoding.UTF8.GetBytes($"alias{i}"), "tcp"u8, out uint? number));
            Assert.Equal((uint)i, number);
            Assert.True(table.TryGetName((uint)i, "tcp"u8, out ReadOnlySpan<byte> name));
            Assert.Equal($"name{i}", Encoding.UTF8.GetString(name));
        }
    }

    [Theory]
    [InlineData("bad\n")]
    [InlineData("bad 80\n")]
    [InlineData("bad 80/\n")]
    [InlineData("bad 65536/tcp\n")]
    [InlineData("bad x/tcp\n")]
    [InlineData("#bad 80/tcp\n")]
    public void Lines_that_are_no_services_are_passed_over(string line)
    {
        NameTable table = Services(line + "good 1/tcp\n");
        Assert.False(table.TryGetNumber("bad"u8, default, out _));
        Assert.True(table.TryGetNumber("good"u8, "tcp"u8, out _));
    }

    [Fact]
    public void Protocols_accounts_and_networks_are_read_as_their_files_have_them()
    {
        NameTable protocols = Parse(new ProtocolDatabase(), "gre\t47\tGRE\t# Generic\nbad x\n");
        Assert.True(protocols.TryGetNumber("GRE"u8, default, out uint? gre));
        Assert.Equal(47u, gre);

        NameTable users = Parse(new AccountDatabase(isGroups: false), "root:x:0:0:root:/root:/bin/sh\n+nis\nbad:x:abc:1::\nme::1000:1000::/:\n");
        Assert.True(users.TryGetNumber("me"u8, default, out uint? me));
        Assert.Equal(1000u, me);
        Assert.False(users.TryGetNumber("bad"u8, default, out _));
        Assert.True(users.TryGetName(0, default, out ReadOnlySpan<byte> root));
        Assert.Equal("root", Encoding.UTF8.GetString(root));

        NameTable networks = Parse(new NetworkDatabase(), "loopback 127\nnet 192.0.2.0 alias\n");
        Assert.True(networks.TryGetNumber("loopback"u8, default, out uint? loopback));
        Assert.Equal(0x7f000000u, loopback);
        Assert.True(networks.TryGetNumber("alias"u8, default, out uint? net));
        Assert.Equal(0xc0000200u, net);
    }

    private static NameTable Services(string text) => Parse(new ServiceDatabase(), text);

    private static NameTable Parse(NameDatabase database, string text)
    {
        NameTable table = new();
        database.Parse(table, Encoding.UTF8.GetBytes(text));
        return table;
    }
}
