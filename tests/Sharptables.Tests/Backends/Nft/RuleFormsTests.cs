using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Rules of a form that is known already are read and written as they are without it.</summary>
public sealed class RuleFormsTests
{
    private const int Seed = 20261127;

    /// <summary>Every rule of a <c>.spec</c>, and one of the same form with other values.</summary>
    [Fact]
    public void A_rule_of_a_known_form_is_read_and_written_as_any_other()
    {
        Random random = new(Seed);
        List<string> wrong = [];
        int varied = 0;
        foreach ((string name, Family family, INames names, byte[] expressions, _) in RuleReaderTests.WrittenRules())
        {
            using RuleUnderRead read = new(family, names, chains: ["foo", "bar"]);
            RuleBytes bytes = new(read.Table.Layout);
            NativeForms alone = new(read.Table, read.Extensions, bytes);
            if (!alone.TryRead(expressions))
            {
                continue;
            }

            byte[] rule = bytes.Finish().Bytes.ToArray(), other = OtherValues(expressions, alone.Values, random);
            if (!alone.TryRead(other))
            {
                wrong.Add($"{name}: with other values it is no form of iptables");
                continue;
            }

            byte[] otherRule = bytes.Finish().Bytes.ToArray();
            RuleForms forms = new(read.Table, read.Extensions);
            KnownRule? known = forms.FindLike(expressions), like = forms.FindLike(other);
            if (!ReferenceEquals(known, like) || !like!.Rule.SequenceEqual(otherRule))
            {
                wrong.Add($"{name}: with other values it is not read so");
            }

            if (!Written(read, [rule, rule, otherRule])[^1].SequenceEqual(Written(read, [otherRule])[0]))
            {
                wrong.Add($"{name}: with other values it is not written so");
            }

            varied++;
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {varied} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(varied > 1000, $"only {varied}");
    }

    [Fact]
    public void Forms_that_alternate_are_found_again()
    {
        using RuleUnderRead read = new(Family.IPv4);
        RuleForms forms = new(read.Table, read.Extensions);
        byte[][] rules = [.. RuleReaderTests.WrittenRules().Where(static rule => rule.Family == Family.IPv4).Select(static rule => rule.Expressions)
            .Where(expressions => forms.FindLike(expressions) is not null).Take(5)];
        KnownRule?[] first = [.. rules.Select(rule => forms.FindLike(rule))];
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(first, rules.Select(rule => forms.FindLike(rule)));
        }
    }

    private static byte[] OtherValues(byte[] expressions, List<KnownValue> values, Random random)
    {
        byte[] other = [.. expressions];
        foreach (KnownValue value in values)
        {
            Span<byte> place = other.AsSpan(value.InExpressions, value.Length);
            if (value.Form != ValueForm.Chain)
            {
                random.NextBytes(place);
            }
            else if (place.SequenceEqual("foo\0"u8))
            {
                "bar\0"u8.CopyTo(place);
            }
        }

        return other;
    }

    private static List<byte[]> Written(RuleUnderRead read, byte[][] rules)
    {
        using NativeBuffer bytes = new(4096);
        RuleWriter writer = new(read.Table, read.Extensions, new NetlinkWriter(bytes));
        List<byte[]> written = [];
        foreach (byte[] rule in rules)
        {
            bytes.SetLength(0);
            writer.WriteExpressions(new Rule(rule, read.Table.Layout));
            written.Add(bytes.Bytes.ToArray());
        }

        return written;
    }
}
