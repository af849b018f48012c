using System.Buffers.Binary;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Model;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>A match or target that no extension here knows, or whose payload has no known size, is shown as unknown.</summary>
public sealed class UnknownRecordTests : IDisposable
{
    private const string UnknownRecord = "a match or target that is unknown here; it is shown in brackets, and what was saved cannot be restored";

    private readonly TableUnderTest _test = new("filter", Family.IPv4);

    public void Dispose() => _test.Dispose();

    [Fact]
    public void An_unknown_match_and_target_are_shown_with_their_bytes()
    {
        _test.Table.Append(Input, new TaggedRule(1, TaggedRule.Other, Matches: 1).ToBytes(Family.IPv4, 0));
        (string saved, string? unreadable) = Save();
        Assert.StartsWith("-A INPUT -s 1.0.0.0/32 -m tag [unknown revision 0: 2122232425262728] -j OTHER [unknown revision 0: 212223", saved, StringComparison.Ordinal);
        Assert.Equal(UnknownRecord, unreadable);
        Assert.Contains("OTHER      0    --  1.0.0.0              0.0.0.0/0            tag [unknown revision 0: 2122", List(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_name_with_a_payload_of_a_wrong_size_is_unknown()
    {
        _test.Run("-A INPUT -p tcp --dport 22 -j ACCEPT");
        byte[] rule = _test.Bytes(Input)[0];

        // The match loses its last 8 bytes; the target follows that much sooner.
        byte[] cut = [.. rule[..(112 + 32 + 8)], .. rule[(112 + 48)..]];
        BinaryPrimitives.WriteUInt16LittleEndian(cut.AsSpan(112), 40);
        BinaryPrimitives.WriteUInt16LittleEndian(cut.AsSpan(88), 112 + 40);
        BinaryPrimitives.WriteUInt16LittleEndian(cut.AsSpan(90), (ushort)cut.Length);
        _test.Run("-F");
        _test.Table.Append(Input, cut);
        (string saved, string? unreadable) = Save();
        Assert.Equal("-A INPUT -p tcp -m tcp [unknown revision 0: 0000ffff16001600] -j ACCEPT\n", saved);
        Assert.Equal(UnknownRecord, unreadable);
        Assert.Contains("tcp [unknown revision 0: 0000ffff16001600]", List(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_name_of_an_unknown_revision_is_unknown()
    {
        _test.Run("-A INPUT -m mark --mark 1");
        byte[] rule = _test.Bytes(Input)[0];
        rule[112 + 31] = 9;
        _test.Run("-F");
        _test.Table.Append(Input, rule);
        Assert.Equal(("-A INPUT -m mark [unknown revision 9: 01000000ffffffff0000000000000000]\n", UnknownRecord), Save());
    }

    [Fact]
    public void A_verdict_that_is_none_is_shown_as_what_it_is()
    {
        _test.Table.Append(Input, new TaggedRule(0, "ACCEPT").ToBytes(Family.IPv4, -77));
        Assert.Equal("a verdict that is unknown here; it is shown in brackets, and what was saved cannot be restored", Save().Unreadable);
        Assert.Contains("-j [unknown verdict -77]", Save().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_reaches_out_of_its_rule_is_a_malformed_table()
    {
        _test.Run("-A INPUT -m mark --mark 1");
        byte[] rule = _test.Bytes(Input)[0];
        foreach (ushort size in (ushort[])[0, 31, 49, 200, ushort.MaxValue])
        {
            BinaryPrimitives.WriteUInt16LittleEndian(rule.AsSpan(112), size);
            _test.Run("-F");
            _test.Table.Append(Input, rule);
            Assert.Throws<MalformedTableException>(() => Save());
            Assert.Throws<MalformedTableException>(List);
        }
    }

    [Fact]
    public void Rules_that_only_differ_in_what_is_unknown_differ()
    {
        byte[] a = new TaggedRule(1, TaggedRule.Other).ToBytes(Family.IPv4, 0);
        byte[] b = [.. a];
        b[^1] ^= 1;
        RuleComparison comparison = new(_test.Table, _test.Extensions);
        RuleLayout layout = Family.IPv4.Layout;
        Assert.True(comparison.AreSame(new Rule(a, layout), new Rule(a, layout)));
        Assert.False(comparison.AreSame(new Rule(a, layout), new Rule(b, layout)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(111)]
    [InlineData(200)]
    public void A_rule_of_an_impossible_size_is_malformed(int size)
    {
        byte[] bytes = new byte[152];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(90), (ushort)size);
        Assert.Throws<MalformedTableException>(() => new Rule(bytes, Family.IPv4.Layout).Protocol);
        Assert.Throws<MalformedTableException>(() => new Rule(bytes.AsSpan(0, 91), Family.IPv4.Layout).Protocol);
    }

    private Chain Input => _test.Table.Get("INPUT"u8);

    private (string Text, string? Unreadable) Save()
    {
        Output output = new(descriptor: -1);
        RuleText text = new(_test.Table, _test.Extensions, output);
        foreach (Rule rule in _test.Table.Rules(Input))
        {
            text.Write(Input, rule, showCounters: false);
        }

        return (Encoding.ASCII.GetString(output.Written), text.Unreadable);
    }

    private string List()
    {
        Output output = new(descriptor: -1);
        Command list = new(_test.Extensions.Family) { Kind = CommandKind.List, Options = CommandOptions.Numeric, Chain = Input.Name };
        new TableText(_test.Table, _test.Extensions, output).Write(list);
        return Encoding.ASCII.GetString(output.Written);
    }
}
