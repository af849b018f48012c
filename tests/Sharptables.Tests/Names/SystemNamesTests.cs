using System.Net;
using System.Text;
using Sharptables.Names;
using Xunit;

namespace Sharptables.Tests.Names;

/// <summary>What every system of ours knows: names in /etc, asked for as rules ask for them.</summary>
public sealed class SystemNamesTests
{
    private static readonly INames s_names = SystemNames.Instance;

    [Theory]
    [InlineData("tcp", 6, "tcp")]
    [InlineData("all", 0, "all")]
    [InlineData("icmpv6", 58, "ipv6-icmp")]
    [InlineData("mh", 135, "mobility-header")]
    public void Protocols_with_matches_of_their_own_are_built_in(string name, int expected, string canonical)
    {
        Assert.True(Protocols.TryGetNumber(Encoding.UTF8.GetBytes(name), s_names, out uint number));
        Assert.Equal((uint)expected, number);
        Assert.True(Protocols.TryGetName(number, s_names, out ReadOnlySpan<byte> back));
        Assert.Equal(canonical, Encoding.UTF8.GetString(back));
    }

    [Fact]
    public void Names_that_nobody_has_are_not_found()
    {
        Assert.False(Protocols.TryGetNumber("no-such-protocol"u8, s_names, out _));
        Assert.False(Protocols.TryGetNumber(""u8, s_names, out _));
        Assert.False(Protocols.TryGetName(256, s_names, out _));
        Assert.False(s_names.TryGetNumber(NameKind.Service, "no-such-service"u8, out _, "tcp"u8));
        Assert.False(s_names.TryGetNumber(NameKind.Service, "-no-such-option"u8, out _, "tcp"u8));
        Assert.False(s_names.TryGetNumber(NameKind.User, "no-such-user"u8, out _));
        Assert.False(s_names.TryGetName(NameKind.Group, 3999999999, out _));
        Assert.False(s_names.TryGetNumber(NameKind.Network, "no-such-network"u8, out _));
        Assert.True(s_names.FindAddresses("no such host"u8, 4).IsEmpty);
    }

    /// <summary>A name that no command line has room for.</summary>
    [Fact]
    public void What_could_not_be_asked_once_is_no_reason_for_a_later_name()
    {
        Assert.True(s_names.FindAddresses(new string('x', 1 << 20).Select(static letter => (byte)letter).ToArray(), 4).IsEmpty);
        _ = s_names.FindAddresses("no-such-host.invalid"u8, 4);
        Assert.DoesNotContain("cannot be run", s_names.Gap(kind: null) ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Root_is_0_and_0_is_root()
    {
        Assert.True(s_names.TryGetNumber(NameKind.User, "root"u8, out uint user));
        Assert.Equal(0u, user);
        Assert.True(s_names.TryGetName(NameKind.User, 0, out ReadOnlySpan<byte> userName));
        Assert.Equal("root", Encoding.UTF8.GetString(userName));
        Assert.True(s_names.TryGetNumber(NameKind.Group, "root"u8, out uint group));
        Assert.Equal(0u, group);
        Assert.True(s_names.TryGetName(NameKind.Group, 0, out ReadOnlySpan<byte> groupName));
        Assert.Equal("root", Encoding.UTF8.GetString(groupName));
    }

    [Fact]
    public void Localhost_is_found_and_named()
    {
        // As often as /etc/hosts has it: the resolver reads ::1, which has the same name on many machines, as 127.0.0.1. So does the original.
        ReadOnlySpan<byte> addresses = s_names.FindAddresses("localhost"u8, 4);
        Assert.False(addresses.IsEmpty);
        Assert.Equal([127, 0, 0, 1], addresses[..4].ToArray());
        Assert.True(s_names.TryGetHost(addresses[..4], out ReadOnlySpan<byte> name));
        Assert.StartsWith("localhost", Encoding.UTF8.GetString(name), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_of_getent_are_read()
    {
        Assert.Equal([192, 0, 2, 1, 192, 0, 2, 2], Hosts.ParseAddresses("192.0.2.1 STREAM a\n192.0.2.1 DGRAM\n192.0.2.2 STREAM\n"u8, 4));
        byte[] addresses = Hosts.ParseAddresses("::ffff:192.0.2.1 STREAM a\n2001:db8::1 STREAM a\n2001:db8::1 RAW\n"u8, 16);
        Assert.Equal(IPAddress.Parse("2001:db8::1").GetAddressBytes(), addresses);
        Assert.Equal([192, 0, 2, 9], Hosts.ParseAddresses("2001:db8::1  a\n192.0.2.9   a b\nwhat is this?\n"u8, 4));
        Dictionary<UInt128, byte[]> names = [];
        Hosts.ParseNames("192.0.2.1      name alias\n2001:db8::1 six\nUsage: getent [database]\n\n192.0.2.1 later\n"u8, names);
        Assert.Equal(2, names.Count);
        Assert.Equal("name", Encoding.UTF8.GetString(names[Hosts.KeyOf([192, 0, 2, 1])]));
        Assert.Equal("six", Encoding.UTF8.GetString(names[Hosts.KeyOf(IPAddress.Parse("2001:db8::1").GetAddressBytes())]));
    }

    [Theory]
    [InlineData("protocols: files\n", "protocols", NameSources.File | NameSources.FileFirst)]
    [InlineData("protocols: db files\n", "protocols", NameSources.File | NameSources.FileFirst)]
    [InlineData("protocols:\tfiles [NOTFOUND=return] # nis\n", "protocols", NameSources.File | NameSources.FileFirst)]
    [InlineData("protocols: files nis\n", "protocols", NameSources.File | NameSources.FileFirst | NameSources.Others)]
    [InlineData("hosts: resolve [!UNAVAIL=return] files dns\n", "hosts", NameSources.File | NameSources.Others)]
    [InlineData("hosts: dns\n", "hosts", NameSources.Others | NameSources.OnlyDns)]
    [InlineData("services: files nis\n", "protocols", NameSources.File | NameSources.FileFirst)]
    [InlineData("# hosts: dns\n", "hosts", NameSources.File | NameSources.FileFirst | NameSources.Others | NameSources.OnlyDns)]
    public void The_system_is_asked_where_it_may_know_more(string configuration, string database, object expected) =>
        Assert.Equal(expected, NameServiceSwitch.Of(Encoding.UTF8.GetBytes(configuration), Encoding.UTF8.GetBytes(database)));
}
