using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Tests.Formats.Iptables;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Names;

/// <summary>Every name in a rule is asked for through <see cref="INames"/>: none of this machine's gets in.</summary>
public sealed class OtherNamesTests : IDisposable
{
    private readonly OtherNames _names = new();
    private readonly TableUnderTest _table;

    public OtherNamesTests()
    {
        _names.Add("gate", "192.0.2.1");
        _names.Add("gate", "192.0.2.2");
        _names.Add(NameKind.Network, "office", 0xc6336400);
        _names.Add(NameKind.Protocol, "tcp", 6);
        _names.Add(NameKind.Protocol, "warp", 250);
        _names.Add(NameKind.Service, "tea", 81, "tcp");
        _names.Add(NameKind.User, "alice", 4711);
        _names.Add(NameKind.Group, "wonderland", 815);
        _names.Add(NameKind.ConnLabel, "vip", 5);
        _names.Add(NameKind.DeviceGroup, "uplinks", 9);
        _names.Add(NameKind.Realm, "cosmos", 7);
        _table = new TableUnderTest("filter", Family.IPv4, names: _names);
    }

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("-s gate", "-s 192.0.2.1/32 -A INPUT -s 192.0.2.2/32")]
    [InlineData("-d office/24", "-d 198.51.100.0/24")]
    [InlineData("-p warp", "-p warp")]
    [InlineData("-p tcp --dport tea", "-p tcp -m tcp --dport 81")]
    [InlineData("-p tcp -m multiport --dports tea,82", "-p tcp -m multiport --dports 81,82")]
    [InlineData("-m connlabel --label vip", "-m connlabel --label \"vip\"")]
    [InlineData("-m devgroup --src-group uplinks", "-m devgroup --src-group uplinks")]
    [InlineData("-m realm --realm cosmos", "-m realm --realm cosmos")]
    [InlineData("-m conntrack --ctproto warp", "-m conntrack --ctproto 250")]
    [InlineData("-m conntrack --ctorigsrc gate", "-m conntrack --ctorigsrc 192.0.2.1")]
    public void A_rule_means_what_its_names_mean_there(string rule, string saved)
    {
        _table.Run("-A INPUT " + rule);

        Assert.Equal("-A INPUT " + saved, string.Join(' ', _table.Rules()));
    }

    [Theory]
    [InlineData("-m owner --uid-owner alice", "-m owner --uid-owner 4711")]
    [InlineData("-m owner --gid-owner wonderland", "-m owner --gid-owner 815")]
    public void Users_and_groups_are_asked_for_there_too(string rule, string saved)
    {
        _table.Run("-A OUTPUT " + rule);

        Assert.Equal(["-A OUTPUT " + saved], _table.Rules());
    }

    [Theory]
    [InlineData("-A INPUT -s localhost", "host/network `localhost' not found")]
    [InlineData("-A INPUT -p ospf", "unknown protocol \"ospf\" specified")]
    [InlineData("-A INPUT -p tcp --dport ssh", "invalid port/service `ssh' specified")]
    [InlineData("-A OUTPUT -m owner --uid-owner root", "owner: Bad value for \"--uid-owner\" option: \"root\"")]
    public void A_name_of_this_machine_means_nothing_there(string command, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => _table.Run(command)).Message);

    [Fact]
    public void A_listing_has_the_names_that_are_known_there()
    {
        _table.Run("-A INPUT -s 192.0.2.1 -d 198.51.100.0/24 -p tcp --dport 81");
        _table.Run("-L INPUT");

        string listing = Encoding.ASCII.GetString(_table.Output.Written);
        Assert.Contains("gate", listing, StringComparison.Ordinal);
        Assert.Contains("dpt:tea", listing, StringComparison.Ordinal);
    }
}
