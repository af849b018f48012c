using System.Net;
using System.Text;
using Sharptables.Extensions.Matches;
using Sharptables.Extensions.Syntax;
using Sharptables.Extensions.Targets;
using Sharptables.Names;
using Xunit;

namespace Sharptables.LibraryTests;

/// <summary>A file of rules is read, searched, changed and written, without a kernel.</summary>
public sealed class RuleSetTests
{
    private const string Saved = """
        *filter
        :INPUT DROP [3:180]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :friends - [0:0]
        [7:420] -A INPUT -s 10.0.0.0/8 ! -i lo -p tcp -m tcp --dport 22 -j friends
        [0:0] -A INPUT -m set --match-set blocked src -j DROP
        [0:0] -A friends -j ACCEPT
        COMMIT

        """;

    [Fact]
    public void What_was_read_is_written_again()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Assert.Equal(Saved, Encoding.UTF8.GetString(rules.ToBytes(withCounters: true)));
        Assert.Equal(Saved.Replace("[7:420] ", "", StringComparison.Ordinal).Replace("[0:0] -A", "-A", StringComparison.Ordinal), rules.ToString());
        Assert.Empty(rules.Warnings);
    }

    [Fact]
    public void Chains_have_names_policies_and_rules()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Table filter = Assert.Single(rules.Tables);
        Assert.Equal("filter", filter.Name);
        Assert.Equal(["INPUT", "FORWARD", "OUTPUT", "friends"], filter.Chains.Select(static chain => chain.Name));
        Chain input = filter.Find("INPUT")!;
        Assert.Equal(("DROP", new Counters(3, 180), true), (input.Policy, input.Counters, input.IsBuiltIn));
        Chain friends = filter.Find("friends")!;
        Assert.Equal((null, false), (friends.Policy, friends.IsBuiltIn));
        Assert.Null(filter.Find("enemies"));
        Assert.Null(rules.Find("nat"));
    }

    [Fact]
    public void A_rule_has_text_counters_a_target_and_options()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        IReadOnlyList<Rule> input = rules.Find("filter")!.Find("INPUT")!.Rules;
        Assert.Equal("-s 10.0.0.0/8 ! -i lo -p tcp -m tcp --dport 22 -j friends", input[0].ToString());
        Assert.Equal((new Counters(7, 420), "friends", "DROP"), (input[0].Counters, input[0].Target, input[1].Target));
        Assert.Equal(
            [
                new("", "source", "10.0.0.0/8", false), new("", "in-interface", "lo", true), new("", "protocol", "tcp", false),
                new("tcp", "dport", "22", false),
            ],
            input[0].Options);
        Assert.Equal([new("set", "match-set", "blocked src", false)], input[1].Options);
    }

    [Fact]
    public void A_match_is_read_as_the_kernel_has_it()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        IReadOnlyList<Rule> input = rules.Find("filter")!.Find("INPUT")!.Rules;
        Assert.True(input[0].TryGet(out TcpInfo tcp));
        Assert.Equal((new Interval<ushort>(22, 22), Interval<ushort>.All), (tcp.Destinations, tcp.Sources));
        Assert.False(input[1].TryGet(out tcp));
    }

    [Fact]
    public void A_match_or_target_can_be_made_of_its_struct()
    {
        using RuleSet rules = new(Family.IPv4);
        Table filter = rules.Add("filter");
        TcpInfo web = filter.Default<TcpInfo>() with { Destinations = new(80, 443) };
        Assert.Equal("-m tcp --dport 80:443", filter.TextOf(web));
        LogInfo log = filter.Default<LogInfo>() with { Level = 6 };
        filter.Append("INPUT", $"-p tcp {filter.TextOf(web)} {filter.TextOf(log)}");
        Rule made = Assert.Single(filter.Find("INPUT")!.Rules);
        Assert.Equal("-p tcp -m tcp --dport 80:443 -j LOG --log-level 6", made.ToString());
        Assert.True(made.TryGet(out LogInfo read));
        Assert.Equal(6, read.Level);
    }

    [Fact]
    public void Structs_that_several_have_are_told_apart_by_name()
    {
        using RuleSet rules = new(Family.IPv4);
        Table nat = rules.Add("nat");
        Assert.Equal("-j SNAT", nat.TextOf(nat.Default<NatRangeIPv4>("SNAT"), "SNAT"));
        Assert.Throws<ArgumentException>(() => nat.Default<TcpInfo>("udp"));
    }

    [Fact]
    public void Rules_are_appended_inserted_replaced_and_deleted()
    {
        using RuleSet rules = new(Family.IPv4);
        Table filter = rules.Add("filter");
        filter.Append("INPUT", "-p tcp --dport 22 -j ACCEPT");
        filter.Insert("INPUT", "-m comment --comment \"two words\"");
        filter.Insert("INPUT", "-i lo", number: 2);
        filter.Replace("INPUT", 2, "-i eth0");
        Assert.Equal(
            ["-m comment --comment \"two words\"", "-i eth0", "-p tcp -m tcp --dport 22 -j ACCEPT"],
            filter.Find("INPUT")!.Rules.Select(static rule => rule.ToString()));
        Assert.True(filter.Contains("INPUT", "-p tcp --dport 22 -j ACCEPT"));
        Assert.False(filter.Contains("INPUT", "-p tcp --dport 23 -j ACCEPT"));
        filter.Delete("INPUT", "-i eth0");
        filter.Delete("INPUT", 1);
        Assert.Equal(["-p tcp -m tcp --dport 22 -j ACCEPT"], filter.Find("INPUT")!.Rules.Select(static rule => rule.ToString()));
        filter.Flush("INPUT");
        Assert.Empty(filter.Find("INPUT")!.Rules);
    }

    [Fact]
    public void Chains_are_made_renamed_and_deleted_and_policies_set()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Table filter = rules.Find("filter")!;
        filter.RenameChain("friends", "guests");
        filter.AddChain("empty");
        filter.SetPolicy("FORWARD", "DROP");
        filter.Zero("INPUT");
        Assert.Equal(["INPUT", "FORWARD", "OUTPUT", "empty", "guests"], filter.Chains.Select(static chain => chain.Name));
        Assert.Equal(("DROP", "guests"), (filter.Find("FORWARD")!.Policy, filter.Find("INPUT")!.Rules[0].Target));
        Assert.Equal((default, default(Counters)), (filter.Find("INPUT")!.Counters, filter.Find("INPUT")!.Rules[0].Counters));
        filter.DeleteChain("empty");
        Assert.Null(filter.Find("empty"));
    }

    [Fact]
    public void A_rule_is_a_copy()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Table filter = rules.Find("filter")!;
        Rule rule = filter.Find("INPUT")!.Rules[0];
        filter.Flush("INPUT");
        rules.Dispose();
        Assert.True(rule.TryGet(out TcpInfo tcp));
        Assert.Equal((22, "friends"), (tcp.Destinations.First, rule.Target));
        Assert.Throws<ObjectDisposedException>(() => filter.Find("friends")!.Rules);
    }

    [Fact]
    public void A_ruleset_that_is_disposed_of_has_no_text()
    {
        RuleSet rules = RuleSet.Parse("*filter\nCOMMIT\n", Family.IPv4);
        rules.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rules.ToBytes());
        Assert.Throws<ObjectDisposedException>(() => rules.Add("nat"));
    }

    [Theory]
    [InlineData("*filter\n\n[1:2] -A INPUT --nonsense\nCOMMIT\n", 3, 16, "unknown option \"--nonsense\"", null)]
    [InlineData("*filter\n-A INPUT -j NOWHERE\nCOMMIT\n", 2, 13, "Couldn't load target `NOWHERE':No such file or directory", "\"NOWHERE\" is neither a chain")]
    [InlineData("*filtre\nCOMMIT\n", 1, 2, "iptables-restore: unable to initialize table 'filtre'", "The tables are filter, nat, mangle, raw and security.")]
    public void An_error_in_a_file_says_where_it_is_and_why(string text, int line, int column, string message, string? hint)
    {
        FirewallException e = Assert.Throws<FirewallException>(() => RuleSet.Parse(text, Family.IPv4).Dispose());
        Assert.Equal((line, column, message), (e.Line, e.Column, e.Message));
        Assert.StartsWith(hint ?? "", e.Hint ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INPUT", "-p tcp --dport nowhere", "invalid port/service `nowhere' specified")]
    [InlineData("NOWHERE", "-p tcp", "No chain/target/match by that name.")]
    [InlineData("INPUT", "-t nat -j ACCEPT", "the text of a rule has no place for more than the rule: -t nat -j ACCEPT")]
    [InlineData("INPUT", "-t nat -j DROP", "The \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.")]
    [InlineData("INPUT", "-w 5 -j ACCEPT", "the text of a rule has no place for more than the rule: -w 5 -j ACCEPT")]
    [InlineData("INPUT", "-h", "the text of a rule has no place for more than the rule: -h")]
    [InlineData("INPUT", "-6 -j ACCEPT", "-6 is for ip6tables.")]
    [InlineData("INPUT", "-D INPUT 1", "Cannot use -D with -A")]
    [InlineData("INPUT", "-m comment --comment \"x", "a quote is not closed: \"x")]
    public void A_rule_that_cannot_be_changes_nothing(string chain, string rule, string message)
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        string before = rules.ToString();
        FirewallException e = Assert.Throws<FirewallException>(() => rules.Find("filter")!.Append(chain, rule));
        Assert.Equal((message, 0), (e.Message, e.Line));
        Assert.NotEqual(message, e.Hint);
        Assert.Equal(before, rules.ToString());
    }

    public static TheoryData<string, Action<Table>> Impossible => new()
    {
        { "no such rule", static table => table.Delete("INPUT", "-j ACCEPT") },
        { "no such number", static table => table.Delete("INPUT", 3) },
        { "no such place", static table => table.Insert("INPUT", "-j ACCEPT", number: 4) },
        { "no chain to flush", static table => table.Flush("-v") },
        { "no chain to zero", static table => table.Zero("") },
        { "a chain in use", static table => table.DeleteChain("friends") },
        { "a chain of the kernel's", static table => table.DeleteChain("INPUT") },
        { "a chain that is there", static table => table.AddChain("friends") },
        { "a name that is a target's", static table => table.AddChain("LOG") },
        { "a name that looks like an option", static table => table.RenameChain("friends", "-x") },
        { "a name with a zero byte", static table => table.AddChain("friends\0") },
        { "no policy", static table => table.SetPolicy("INPUT", "REJECT") },
        { "a chain without a policy", static table => table.SetPolicy("friends", "DROP") },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void An_edit_that_cannot_be_changes_nothing(string what, Action<Table> edit)
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        string before = rules.ToString();
        FirewallException e = Assert.Throws<FirewallException>(() => edit(rules.Find("filter")!));
        Assert.True(e.Message.Length > 0, what);
        Assert.Equal(before, rules.ToString());
    }

    [Fact]
    public void What_is_odd_is_a_warning()
    {
        using RuleSet rules = RuleSet.Parse("*filter\n-A INPUT -p udp --dport 9:1\nCOMMIT\n", Family.IPv4);
        Assert.Equal("Warning: line 2: nothing is in the range 9:1 of udp's --dport: 9 is greater than 1.", Assert.Single(rules.Warnings));
        rules.Find("filter")!.Append("INPUT", "-s ! 10.0.0.1");
        Assert.Equal(2, rules.Warnings.Count);
    }

    [Fact]
    public void Names_are_those_that_are_given()
    {
        using RuleSet rules = RuleSet.Parse("*filter\n-A INPUT -s gate -p tcp --dport spool\nCOMMIT\n", Family.IPv4, new OtherNames());
        Assert.Equal("-s 192.0.2.1/32 -p tcp -m tcp --dport 4711", Assert.Single(rules.Find("filter")!.Find("INPUT")!.Rules).ToString());
    }

    [Fact]
    public void IPv6_has_rules_of_its_own()
    {
        using RuleSet rules = new(Family.IPv6);
        rules.Add("filter").Append("INPUT", "-s 2001:db8::/32 -p icmpv6 --icmpv6-type echo-request -j ACCEPT");
        Assert.Contains("-A INPUT -s 2001:db8::/32 -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT", rules.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => rules.Add("filter"));
        Assert.Throws<ArgumentException>(() => rules.Add("filtre"));
    }

    private sealed class OtherNames : INames
    {
        public bool TryGetNumber(NameKind kind, ReadOnlySpan<byte> name, out uint number, ReadOnlySpan<byte> protocol = default)
        {
            number = (kind, Encoding.ASCII.GetString(name)) switch
            {
                (NameKind.Service, "spool") => 4711,
                (NameKind.Protocol, "tcp") => 6,
                _ => 0,
            };
            return number != 0;
        }

        public bool TryGetName(NameKind kind, uint number, out ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol = default)
        {
            name = default;
            return false;
        }

        public ReadOnlySpan<byte> FindAddresses(ReadOnlySpan<byte> name, int size) =>
            name.SequenceEqual("gate"u8) && size == 4 ? IPAddress.Parse("192.0.2.1").GetAddressBytes() : default;

        public bool TryGetHost(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
        {
            name = default;
            return false;
        }
    }
}
