using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

public sealed class SaveTextTests
{
    [Fact]
    public void A_match_that_nobody_knows_is_shown_and_told()
    {
        using Table table = new("filter"u8, Family.IPv4, new NativeBuffer(0));
        Chain chain = table.AddChain("u"u8);
        table.Append(chain, RuleWithMatch("nobody-knows", revision: 3, [0x12, 0xab]));

        Assert.Equal("a match or target that is unknown here; it is shown in brackets, and what was saved cannot be restored", Save(table, out string text));
        Assert.Contains("\n-A u -m nobody-knows [unknown revision 3: 12ab000000000000] -j ACCEPT\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_can_be_restored()
    {
        using Table table = new("filter"u8, Family.IPv4, new NativeBuffer(0));
        Chain chain = table.AddChain("u"u8);
        table.Append(chain, RuleWithMatch("ttl", revision: 0, [0, 64]));

        Assert.Null(Save(table, out string text));
        Assert.Contains("\n-A u -m ttl --ttl-eq 64 -j ACCEPT\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_end_that_the_kernel_holds_makes_no_line_of_its_own()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        Put(test, "-A INPUT -m comment --comment xL-I&INPUT&-j&ACCEPT -j DROP", 'L', '\n', '&', ' ');

        Assert.StartsWith("a rule of chain INPUT that no file can hold: a value holds a line end; ", Save(test.Table, out string text), StringComparison.Ordinal);
        Assert.Contains("\n-A [cannot be restored: INPUT -m comment --comment \"x\\x0a-I INPUT -j ACCEPT\" -j DROP]\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-N chXain")]
    [InlineData("-A INPUT -i etXh")]
    [InlineData("-A INPUT -m recent --set --name naXme")]
    public void Neither_does_one_in_a_name(string command)
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        Put(test, command, 'X', '\n');

        Assert.NotNull(Save(test.Table, out string text));
        Assert.Contains("[cannot be restored: ", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), static l => Assert.Matches("^(#.*|\\*filter|COMMIT|:.*\\]|-A .*|)$", l));
        Assert.Throws<UsageException>(() => Again(text));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("")]
    [InlineData("DROP")]
    [InlineData("abcdefghijklmnopqrstuvwxyz123")]
    public void A_chain_that_cannot_be_named_is_told(string name)
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Table.AddChain(Encoding.ASCII.GetBytes(name));

        Assert.StartsWith($"a chain {name} that no file can hold: ", Save(test.Table, out string text), StringComparison.Ordinal);
        Assert.Contains($"\n:[cannot be restored: {name}] - [0:0]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_a_chain_bears_the_name_of_is_told()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT -j LOG");
        test.Table.AddChain("LOG"u8);
        Assert.NotNull(Save(test.Table, out string text));
        Assert.Contains("\n-A [cannot be restored: INPUT -j LOG]\n", text, StringComparison.Ordinal);

        test.Run("-F INPUT");
        test.Run("-A INPUT -j LOG"); // a jump, as in the original, and so it comes back
        Assert.Null(Save(test.Table, out _));
    }

    [Theory]
    [InlineData("eth+", 5)]
    [InlineData("abcdefghijklmno", 15)]
    [InlineData("eth0", 2)]
    public void An_interface_that_cannot_be_typed_is_told(string name, int counted)
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT -i x");
        byte[] rule = test.Bytes(test.Table.Get("INPUT"u8))[0];
        test.Run("-F");
        ref IptIp head = ref MemoryMarshal.AsRef<IptIp>(rule.AsSpan());
        head.InInterface.Value = head.InInterface.Mask = default;
        Encoding.ASCII.GetBytes(name, head.InInterface.Value);
        head.InInterface.Mask[..counted].Fill(0xff);
        test.Table.Append(test.Table.Get("INPUT"u8), rule);

        string? unreadable = Save(test.Table, out string text);
        Assert.Equal(counted == 2, unreadable is null);
        Assert.Equal(counted == 2, text.Contains("\n-A INPUT -i et+\n", StringComparison.Ordinal));
    }

    /// <summary>Puts a rule or chain into a table as another program might, with bytes that no command line takes.</summary>
    private static void Put(TableUnderTest test, string command, params char[] changes)
    {
        test.Run(command);
        void Change(Span<byte> bytes)
        {
            for (int i = 0; i < changes.Length; i += 2)
            {
                bytes.Replace((byte)changes[i], (byte)changes[i + 1]);
            }
        }

        foreach (Chain chain in test.Table.Chains)
        {
            foreach (byte[] rule in test.Bytes(chain))
            {
                test.Table.Delete(chain, 0);
                Change(rule);
                test.Table.Append(chain, rule);
            }

            if (!chain.IsBuiltIn)
            {
                Change(chain.Name);
            }
        }
    }

    private static void Again(string text)
    {
        using TableUnderTest again = new("filter", Family.IPv4);
        again.Restore(string.Join('\n', text.Split('\n').Where(static l => !l.StartsWith('#'))));
    }

    private static string? Save(Table table, out string text)
    {
        Output output = new(descriptor: -1);
        string? unreadable = SaveText.Write(table, new ExtensionSet(Family.IPv4), "tests", showCounters: false, output);
        text = Encoding.UTF8.GetString(output.Written);
        return unreadable;
    }

    /// <summary>A rule that takes every packet of a match (struct xt_entry_match with 8 bytes behind its head) and accepts it.</summary>
    private static byte[] RuleWithMatch(string name, byte revision, ReadOnlySpan<byte> payload)
    {
        const int Head = 112;
        const int Match = 40;
        byte[] rule = new byte[Head + Match + 40];
        BinaryPrimitives.WriteUInt16LittleEndian(rule.AsSpan(88), Head + Match); // target_offset
        BinaryPrimitives.WriteUInt16LittleEndian(rule.AsSpan(90), (ushort)rule.Length); // next_offset
        BinaryPrimitives.WriteUInt16LittleEndian(rule.AsSpan(Head), Match);
        Encoding.ASCII.GetBytes(name, rule.AsSpan(Head + 2));
        rule[Head + 31] = revision;
        payload.CopyTo(rule.AsSpan(Head + 32));
        BinaryPrimitives.WriteUInt16LittleEndian(rule.AsSpan(Head + Match), 40);
        BinaryPrimitives.WriteInt32LittleEndian(rule.AsSpan(Head + Match + 32), Verdict.Accept);
        return rule;
    }
}
