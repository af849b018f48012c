using System.Text;
using Sharptables.Editing;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Backends.Legacy;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Editing;

/// <summary>What a restore asks of the kernel, and what it leaves there.</summary>
public sealed class RestoreTests : IDisposable
{
    private const string TwoTables = """
        *filter
        :INPUT DROP [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        -A INPUT -s 192.0.2.1/32 -j ACCEPT
        COMMIT
        *raw
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -j NOTRACK
        COMMIT

        """;

    private readonly FakeTables _kernel = new(Family.IPv4);

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Each_table_is_written_at_its_COMMIT_and_none_is_read()
    {
        Restore(TwoTables);
        Assert.Equal(["begin filter", "write filter", "begin raw", "write raw"], Tables());
        Assert.Equal(
            ["*filter", ":INPUT DROP [0:0]", ":FORWARD ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", "-A INPUT -s 192.0.2.1/32 -j ACCEPT", "COMMIT"],
            _kernel.Saved("filter"));
        Assert.Contains("-A OUTPUT -j NOTRACK", _kernel.Saved("raw"));
    }

    [Fact]
    public void What_was_in_the_table_is_gone()
    {
        Restore("*filter\n:old - [0:0]\n-A INPUT -j old\nCOMMIT\n");
        Restore(TwoTables);
        Assert.DoesNotContain(_kernel.Saved("filter"), static line => line.Contains("old", StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_that_is_not_given_stays_as_it_is_in_force()
    {
        Restore("*filter\n:FORWARD DROP [0:0]\nCOMMIT\n");
        Restore("*filter\n-A INPUT -j ACCEPT\nCOMMIT\n");
        Assert.Contains(":FORWARD DROP [0:0]", _kernel.Saved("filter"));
    }

    [Fact]
    public void With_n_rules_in_force_stay_with_their_counters()
    {
        Restore("*filter\n[5:50] -A INPUT -s 192.0.2.1 -j ACCEPT\nCOMMIT\n", new("test") { RestoresCounters = true });
        Restore("*filter\n-A INPUT -s 192.0.2.2 -j ACCEPT\nCOMMIT\n", new("test") { KeepsRules = true });
        using Table table = _kernel.Read("filter"u8);
        List<ulong> packets = [];
        foreach (Rule rule in table.Rules(table.Get("INPUT"u8)))
        {
            packets.Add(rule.Counters.Packets);
        }

        Assert.Equal([5UL, 0], packets);
    }

    [Fact]
    public void With_T_other_tables_are_passed_over()
    {
        Restore(TwoTables, new("test") { OnlyTable = "raw"u8.ToArray() });
        Assert.Equal(["begin raw", "write raw"], Tables());
    }

    [Fact]
    public void A_test_writes_nothing_and_foresees_what_would_be_refused()
    {
        RestoreOptions test = new("test") { IsTest = true };
        Restore(TwoTables, test);
        Assert.Equal(["begin filter", "begin raw"], Tables());
        RestoreException refused = Refused("*filter\n-A INPUT -j ACCEPT\n-A INPUT -j NOTRACK\nCOMMIT\n", test);
        Assert.Equal((4, 3), (refused.Line, refused.FaultLine));
        Assert.Equal("rule 2 of chain INPUT: target NOTRACK is only for the table raw, not for filter", refused.Error.Hint);
    }

    [Fact]
    public void A_line_that_is_wrong_leaves_its_table_as_it_was_and_those_before_as_they_were_committed()
    {
        RestoreException refused = Refused(TwoTables.Replace("-j NOTRACK", "-j NOTRAK", StringComparison.Ordinal));
        Assert.Equal(10, refused.Line);
        Assert.Equal(["begin filter", "write filter", "begin raw"], Tables());
        Assert.DoesNotContain(_kernel.Saved("raw"), static line => line.StartsWith("-A", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*filter\n-A INPUT -j ACCEPT\n", "COMMIT expected at line 3")]
    [InlineData("*nosuch\nCOMMIT\n", "test: unable to initialize table 'nosuch'")]
    [InlineData("*filter\n-D INPUT -j DROP\nCOMMIT\n", "line 2 failed")]
    [InlineData("-A INPUT -j DROP\n", "line 1 failed")]
    public void What_cannot_be_is_refused_and_nothing_is_written(string input, string message)
    {
        Assert.Equal(message, Refused(input).Error.Message);
        Assert.DoesNotContain(Tables(), static asked => asked.StartsWith("write", StringComparison.Ordinal));
    }

    [Fact]
    public void When_the_kernel_refuses_a_table_the_error_names_the_rule_that_it_refuses()
    {
        using FakeTables kernel = new(Family.IPv4)
        {
            Judge = static rule => rule.Contains("192.0.2.9", StringComparison.Ordinal) ? Errno.EINVAL : 0,
        };
        string[] rules = [.. Enumerable.Range(1, 20).Select(static i => $"-A INPUT -s 192.0.2.{i} -j ACCEPT")];
        RestoreException refused = Refused($"*filter\n{string.Join('\n', rules)}\nCOMMIT\n", kernel: kernel);
        Assert.Equal((22, 10), (refused.Line, refused.FaultLine));
        Assert.Equal("-A INPUT -s 192.0.2.9/32 -j ACCEPT", Encoding.ASCII.GetString(refused.Text));
        Assert.Equal("rule 9 of chain INPUT: the kernel refuses it: Invalid argument", refused.Error.Hint);
        Assert.DoesNotContain(kernel.Saved("filter"), static line => line.StartsWith("-A", StringComparison.Ordinal));
    }

    [Fact]
    public void An_extension_that_the_kernel_lacks_is_named()
    {
        using FakeTables kernel = new(Family.IPv4)
        {
            HasOnly = static (name, _, _) => name != "length",
            Judge = static rule => rule.Contains("-m length", StringComparison.Ordinal) ? Errno.ENOENT : 0,
        };
        RestoreException refused = Refused("*filter\n-A INPUT -j DROP\n-A INPUT -m length --length 5 -j DROP\nCOMMIT\n", kernel: kernel);
        Assert.Equal((4, 3), (refused.Line, refused.FaultLine));
        Assert.Equal("rule 2 of chain INPUT: this kernel has no match length of revision 0", refused.Error.Hint);
    }

    [Fact]
    public void A_rule_is_put_into_the_revision_that_the_kernel_has()
    {
        using FakeTables kernel = Lacking("conntrack", 1);
        const string Rule = "-A INPUT -m conntrack --ctstate NEW -j ACCEPT";
        Restore($"*filter\n:a - [0:0]\n-A INPUT -j a\n{Rule}\n-A a -s 192.0.2.1/32 -g a\nCOMMIT\n", kernel: kernel);
        Assert.Equal(["-A INPUT -j a", Rule, "-A a -s 192.0.2.1/32 -g a"], kernel.Saved("filter").Where(static line => line[0] == '-'));
        using Table table = kernel.Read("filter"u8);
        Assert.Equal([1], Revisions(table));
        Restore($"*filter\n{Rule.Replace("-A", "-D", StringComparison.Ordinal)}\nCOMMIT\n", new("test") { KeepsRules = true }, kernel);
        Assert.DoesNotContain(Rule, kernel.Saved("filter"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rule_that_the_kernels_revision_cannot_hold_is_refused_by_its_line(bool isTest)
    {
        using FakeTables kernel = Lacking("conntrack", 1);
        RestoreException refused = Refused(
            "*filter\n-A INPUT -m conntrack --ctstate NEW\n-A INPUT -m conntrack --ctstate UNTRACKED\nCOMMIT\n",
            new("test") { IsTest = isTest },
            kernel);
        Assert.Equal((3, 3), (refused.Line, refused.FaultLine));
        Assert.Equal("-A INPUT -m conntrack --ctstate UNTRACKED", Encoding.ASCII.GetString(refused.Text));
        Assert.Equal("conntrack: this kernel has only revision 1: the state UNTRACKED needs revision 2", refused.Error.Message);
        Assert.DoesNotContain(kernel.Saved("filter"), static line => line.StartsWith("-A", StringComparison.Ordinal));
    }

    [Fact]
    public void Revisions_are_asked_for_once_in_a_table()
    {
        string rules = string.Concat(Enumerable.Repeat("-A INPUT -m conntrack --ctstate NEW -m mark --mark 1 -j ACCEPT\n", 5));
        Restore($"*filter\n{rules}COMMIT\n");
        Assert.Equal(["has conntrack 3"], _kernel.Asked.Where(static asked => asked.StartsWith("has", StringComparison.Ordinal)));
    }

    private static FakeTables Lacking(string match, byte revision) => new(Family.IPv4)
    {
        HasOnly = FakeTables.OnlyRevision(new ExtensionSet(Family.IPv4).Find(Encoding.ASCII.GetBytes(match), isTarget: false)!, revision),
    };

    private static List<int> Revisions(Table table)
    {
        List<int> revisions = [];
        foreach (Chain chain in table.Chains)
        {
            foreach (Rule rule in table.Rules(chain))
            {
                foreach (ExtensionRecord match in rule)
                {
                    revisions.Add(match.Revision);
                }
            }
        }

        return revisions;
    }

    private IEnumerable<string> Tables() => _kernel.Asked.Where(static asked => !asked.StartsWith("has", StringComparison.Ordinal));

    private RestoreException Refused(string input, RestoreOptions? options = null, FakeTables? kernel = null) =>
        Assert.Throws<RestoreException>(() => Restore(input, options, kernel));

    private void Restore(string input, RestoreOptions? options = null, FakeTables? kernel = null)
    {
        using Restore restore = new(kernel ?? _kernel, options ?? new("test"), new Output(descriptor: -1), static _ => { }, takeLock: null);
        restore.Run(new LineReader(Encoding.ASCII.GetBytes(input)));
    }
}
