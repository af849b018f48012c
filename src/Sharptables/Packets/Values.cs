using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>Which values of a field are meant.</summary>
internal abstract record Values
{
    /// <summary>Exactly one.</summary>
    public static Values Only(UInt128 value) => new Interval(value, value);

    /// <summary>Those whose bits under a mask are what is given; a mask of all the bits that the field has leaves one.</summary>
    public static Values WithMask(Field field, UInt128 value, UInt128 mask) =>
        mask == UInt128.MaxValue >> (128 - field.Bits) ? Only(value) : new Masked(value, mask);

    /// <summary>Whether a value is among them.</summary>
    public abstract bool Contain(UInt128 value);

    /// <summary>Those from the first to the last; none, if the last is less.</summary>
    public sealed record Interval(UInt128 First, UInt128 Last) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => First <= value && value <= Last;
    }

    /// <summary>Those in any of some intervals.</summary>
    public sealed record Intervals(IReadOnlyList<Interval> Parts) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value)
        {
            foreach (Interval part in Parts)
            {
                if (part.Contain(value))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Those that are less, or greater, than a limit.</summary>
    public sealed record Beyond(Relation Relation, UInt128 Limit) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => Relation is Relation.Less ? value < Limit : value > Limit;
    }

    /// <summary>Those whose bits under the mask are exactly the value's; none, if the value has bits outside of the mask.</summary>
    public sealed record Masked(UInt128 Value, UInt128 Mask) : Values
    {
        /// <summary>Whether any value is among them.</summary>
        public bool IsAll => Value == 0 && Mask == 0;

        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => (value & Mask) == Value;
    }

    /// <summary>The addresses of a network; bits of the address outside of the mask do not count.</summary>
    public sealed record Network(UInt128 Address, UInt128 Mask) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => ((value ^ Address) & Mask) == 0;
    }

    /// <summary>Those that have any of some bits.</summary>
    public sealed record AnyBit(UInt128 Bits) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => (value & Bits) != 0;
    }
}
