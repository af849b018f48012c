using System.Buffers.Binary;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Text;

public sealed class SaveTextTests
{
    [Fact]
    public void A_match_that_nobody_knows_is_shown_and_told()
    {
        using Table table = new("filter"u8, Family.IPv4, new NativeBuffer(0));
        Chain chain = table.AddChain("u"u8);
        table.Append(chain, RuleWithMatch("nobody-knows", revision: 3, [0x12, 0xab]));

        Assert.Equal("a match or target that is unknown here", Save(table, out string text));
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
