namespace Sharptables.Packets;

/// <summary>How a set of values is told: see <see cref="Values"/>.</summary>
internal enum ValuesKind
{
    /// <summary>From first to last; none if the last is less.</summary>
    Interval,

    /// <summary>The union of some intervals.</summary>
    Intervals,

    /// <summary>All that are less than a limit.</summary>
    Less,

    /// <summary>All that are greater than a limit.</summary>
    Greater,

    /// <summary>Those whose bits under a mask are the given ones; none if those have bits outside the mask.</summary>
    Masked,

    /// <summary>Those that are like a value under a mask, whatever that has outside the mask.</summary>
    Like,

    /// <summary>Those with at least one of some bits set.</summary>
    AnyBit,
}
