using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Rules of x_tables read from expressions of nf_tables.</summary>
public sealed class RuleReaderTests
{
    /// <summary>Where 1.8.10 has put something else into the kernel than was asked for, or two rules.</summary>
    private static readonly string[] s_foreign =
        ["-p udp ! --sport 5 ! --dport 6", "-p tcp ! --sport 5 ! --dport 6", "-s 1.2.3.4,5.6.7.8 -j ACCEPT"];

    /// <summary>What is refused when it is typed, and taken in a file.</summary>
    private const string OnlyInFiles = "-p udp --sport 5:3";

    /// <summary>What 1.8.10 does not save as it is in the kernel.</summary>
    private static readonly Dictionary<string, string> s_otherwise = new()
    {
        [OnlyInFiles] = "-p udp -m udp --sport 5:3",
        ["--src-mac 0:1:2:3:4:5/ff:ff:ff:0:0:0"] = "--src-mac 00:01:02:00:00:00/ff:ff:ff:00:00:00",
        ["! --src-mac 0:1:2:3:4:5/ff:ff:ff:0:0:0"] = "! --src-mac 00:01:02:00:00:00/ff:ff:ff:00:00:00",
        ["-j MARK -d 0.0.0.0/8 --set-mark 1"] = "-j MARK -d 0.0.0.0/8 --set-xmark 0x1/0x0",
    };

    /// <summary>What iptables 1.8.10 has put into the kernel for its own rule cases, when <c>SHARED</c> names them.</summary>
    [Fact]
    public void What_the_original_writes_is_read_as_the_rule_that_was_given()
    {
        List<string> wrong = [];
        foreach (KnownExpressions known in KnownExpressions.All)
        {
            using RuleUnderRead read = new(known.Family, chains: ["foo"]);
            string ours = read.Read(ExpressionBytes.Of(known.Lines));
            string expected = s_foreign.Contains(known.Rule) ? "# nft: " : s_otherwise.GetValueOrDefault(known.Rule) ?? Saved(known);
            if (expected == "# nft: " ? !ours.StartsWith(expected, StringComparison.Ordinal) : ours != expected)
            {
                wrong.Add($"{known.Family} {known.Rule}\n   expected {expected}\n   read     {ours}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {KnownExpressions.All.Count} wrong:\n{string.Join("\n", wrong)}");
    }

    /// <summary>The fast reader of what iptables writes, and that of what any program writes.</summary>
    [Fact]
    public void Both_readers_agree_on_what_iptables_writes()
    {
        int both = 0;
        List<string> wrong = [];
        foreach ((string name, Family family, INames names, byte[] expressions, _) in WrittenRules())
        {
            using RuleUnderRead read = new(family, names, chains: ["foo"]);
            RuleBytes native = new(read.Table.Layout), other = new(read.Table.Layout);
            if (new NativeForms(read.Table, read.Extensions, native).TryRead(expressions))
            {
                both++;
                bool isRead = new OtherForms(read.Table, read.Extensions, other, sets: null, obeysUsage: false).TryRead(expressions, []);
                if (!isRead || !native.Finish().Bytes.SequenceEqual(other.Finish().Bytes))
                {
                    wrong.Add(name);
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {both} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(both > 1000, $"only {both}");
    }

    /// <summary>nft lets a chain of others have the name of a built-in one, and rules jump to it; iptables' rules cannot.</summary>
    [Theory]
    [InlineData("jump")]
    [InlineData("goto")]
    public void A_jump_to_a_chain_with_the_name_of_a_built_in_one_is_foreign(string verb)
    {
        using RuleUnderRead read = new(Family.IPv4);
        Assert.StartsWith("# nft: ", read.Read(ExpressionBytes.Of([$"[ immediate reg 0 {verb} -> INPUT ]"])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_we_write_is_read_as_the_same_rule()
    {
        List<string> wrong = [];
        int all = 0;
        foreach ((string name, Family family, INames names, byte[] expressions, string saved) in WrittenRules())
        {
            all++;
            using RuleUnderRead read = new(family, names, chains: ["foo"]);
            string ours = read.Read(expressions);
            if (ours != saved && !saved.Contains("--nflog-range", StringComparison.Ordinal)) // has no effect and is not written
            {
                wrong.Add($"{name}\n   expected {saved}\n   read     {ours}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {all} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(all > 1000, $"only {all}");
    }

    /// <summary>Whatever the kernel may send, or another program may have put into it.</summary>
    [Fact]
    public void Damaged_expressions_are_refused_or_foreign_or_another_rule_but_nothing_else_happens()
    {
        const int Seed = 20261127;
        Random random = new(Seed);
        byte[][] rules = [.. KnownExpressions.All.Select(static known => ExpressionBytes.Of(known.Lines)),
            .. WrittenRules().Where((_, i) => i % 40 == 0).Select(static rule => rule.Expressions)];
        using RuleUnderRead read = new(Family.IPv4, chains: ["foo"]);
        int refused = 0, foreign = 0;
        for (int i = 0; i < 40_000; i++)
        {
            byte[] damaged = [.. rules[random.Next(rules.Length)]];
            for (int damage = random.Next(1, 4); damage > 0 && damaged.Length > 0; damage--)
            {
                int at = random.Next(damaged.Length);
                switch (random.Next(4))
                {
                    case 0:
                        damaged[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        damaged[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 2:
                        damaged = damaged[..at];
                        break;
                    default:
                        byte[] other = rules[random.Next(rules.Length)];
                        damaged = [.. damaged[..(at & ~3)], .. other[(random.Next(other.Length) & ~3)..]];
                        break;
                }
            }

            byte[] userData = new byte[random.Next(8) == 0 ? random.Next(300) : 0];
            random.NextBytes(userData);
            try
            {
                foreign += read.Read(damaged, userData).StartsWith("# nft: ", StringComparison.Ordinal) ? 1 : 0;
            }
            catch (MalformedTableException)
            {
                refused++;
            }
        }

        Assert.True(refused > 1000 && foreign > 1000, $"{refused} refused, {foreign} foreign");
    }

    /// <summary>Every rule of a <c>.spec</c>, as we write it.</summary>
    internal static IEnumerable<(string Name, Family Family, INames Names, byte[] Expressions, string Saved)> WrittenRules()
    {
        foreach (SpecCase each in SpecFile.Cases.Where(static each => each.IsWellFormed))
        {
            Family family = each.IsIPv6 ? Family.IPv6 : Family.IPv4;
            using TableUnderTest test = new(each.Table, family);
            List<(byte[], string)> rules = [];
            try
            {
                if (each.Words() is not { } words)
                {
                    continue;
                }

                test.Run(["-A", each.Chain, .. words]);
                Chain chain = test.Table.Get(System.Text.Encoding.ASCII.GetBytes(each.Chain));
                string[] saved = test.Rules(chain);
                foreach (Rule rule in test.Table.Rules(chain))
                {
                    using NativeBuffer bytes = new(4096);
                    new RuleWriter(test.Table, test.Extensions, new NetlinkWriter(bytes)).WriteExpressions(rule);
                    string text = saved[rules.Count][$"-A {each.Chain}".Length..].TrimStart();
                    rules.Add((NetlinkAttributes.Find(bytes.Bytes, NfTables.Rule.Expressions).ToArray(), text));
                }
            }
            catch (UsageException)
            {
                continue; // it needs a set of the kernel, or the like
            }

            foreach ((byte[] expressions, string saved) in rules)
            {
                yield return ($"{each}", family, test.Extensions.Names, expressions, saved);
            }
        }
    }

    /// <summary>As our own save has it: what it writes otherwise than 1.8.10 is no matter here.</summary>
    private static string Saved(KnownExpressions known)
    {
        try
        {
            using TableUnderTest table = new(known.Table, known.Family);
            table.Restore($":foo -\n-A foo {known.Saved}\n");
            return table.Rules().Single()["-A foo".Length..].TrimStart();
        }
        catch (UsageException e)
        {
            return e.Message;
        }
    }
}
