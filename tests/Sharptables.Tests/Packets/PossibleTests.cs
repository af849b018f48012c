using Sharptables.Packets;
using Xunit;

namespace Sharptables.Tests.Packets;

/// <summary>What is known of a value is never more than what was said of it: every value of eight bits is tried.</summary>
public sealed class PossibleTests
{
    private const int Greatest = byte.MaxValue;

    [Fact]
    public void No_value_that_all_conditions_take_is_excluded_and_no_answer_is_wrong()
    {
        Random random = new(1);
        for (int round = 0; round < 3000; round++)
        {
            (Values Values, bool IsInverted)[] said = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (Any(random), random.Next(2) == 0))];
            Possible possible = new(Greatest);
            foreach ((Values values, bool isInverted) in said)
            {
                possible = possible.Narrowed(values, isInverted);
            }

            int[] left = [.. Enumerable.Range(0, Greatest + 1).Where(value => Array.TrueForAll(said, each => each.Values.Contain((UInt128)value) != each.IsInverted))];
            Assert.Equal(left.Length == 0, possible.IsNone);
            Values asked = Any(random);
            int taken = left.Count(value => asked.Contain((UInt128)value));
            if (left.Length > 0)
            {
                Assert.Equal(taken == left.Length ? Answer.Yes : taken == 0 ? Answer.No : Answer.Unknown, possible.Ask(asked));
            }
        }
    }

    [Fact]
    public void A_change_of_bits_gives_what_it_gives_of_each_value()
    {
        Random random = new(2);
        for (int round = 0; round < 3000; round++)
        {
            Values values = Any(random);
            UInt128 kept = (UInt128)random.Next(256), flipped = (UInt128)random.Next(256);
            Possible changed = new Possible(Greatest).Narrowed(values, isInverted: false).Changed(kept, flipped);
            foreach (int value in Enumerable.Range(0, Greatest + 1).Where(value => values.Contain((UInt128)value)))
            {
                Assert.NotEqual(Answer.No, changed.Ask(Values.Only(((UInt128)value & kept) ^ flipped)));
            }
        }
    }

    [Fact]
    public void Bits_of_a_wide_value_exclude_each_other()
    {
        Possible mark = new Possible(uint.MaxValue).Narrowed(Values.Masked(0x100, 0x100), isInverted: false);
        Assert.Equal(Answer.No, mark.Ask(Values.Masked(0, 0x100)));
        Assert.Equal(Answer.Unknown, mark.Ask(Values.Masked(0x200, 0x200)));
        Assert.Equal(Answer.Yes, mark.Narrowed(Values.Only(0x300), isInverted: false).Ask(Values.Masked(0x200, 0x200)));
        Assert.Equal(Answer.No, mark.Ask(Values.Between(0, 0xff)));
    }

    private static Values Any(Random random)
    {
        int first = random.Next(256), last = random.Next(first, 256), mask = random.Next(256);
        return random.Next(6) switch
        {
            0 => Values.Only((UInt128)first),
            1 => Values.Between((UInt128)first, (UInt128)last),
            2 => Values.Masked((UInt128)(first & mask), (UInt128)mask),
            3 => Values.AnyBit((UInt128)mask),
            4 => Values.Beyond(Relation.Less, (UInt128)first),
            _ => Values.Beyond(Relation.Greater, (UInt128)first),
        };
    }
}
