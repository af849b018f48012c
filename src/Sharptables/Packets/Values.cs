using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>A set of values of a field.</summary>
internal abstract record Values
{
    public static Values Only(UInt128 value) => new Interval(value, value);

    /// <summary>The values whose bits under a mask are the given ones; only one value if the mask covers the whole field.</summary>
    public static Values WithMask(Field field, UInt128 value, UInt128 mask) =>
        mask == UInt128.MaxValue >> (128 - field.Bits) ? Only(value) : new Masked(value, mask);

    public abstract bool Contain(UInt128 value);

    /// <summary>From first to last; empty if the last is less.</summary>
    public sealed record Interval(UInt128 First, UInt128 Last) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => First <= value && value <= Last;
    }

    /// <summary>The union of some intervals.</summary>
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

    /// <summary>The values less or greater than a limit.</summary>
    public sealed record Beyond(Relation Relation, UInt128 Limit) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => Relation is Relation.Less ? value < Limit : value > Limit;
    }

    /// <summary>The values whose bits under the mask equal the given ones; empty if those have bits outside the mask.</summary>
    public sealed record Masked(UInt128 Value, UInt128 Mask) : Values
    {
        /// <summary>Whether any value is among them.</summary>
        public bool IsAll => Value == 0 && Mask == 0;

        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => (value & Mask) == Value;
    }

    /// <summary>The addresses of a network; bits of the address outside the mask are ignored.</summary>
    public sealed record Network(UInt128 Address, UInt128 Mask) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => ((value ^ Address) & Mask) == 0;
    }

    /// <summary>The values with at least one of some bits set.</summary>
    public sealed record AnyBit(UInt128 Bits) : Values
    {
        /// <inheritdoc/>
        public override bool Contain(UInt128 value) => (value & Bits) != 0;
    }
}
