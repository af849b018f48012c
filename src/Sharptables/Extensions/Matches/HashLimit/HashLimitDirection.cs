namespace Sharptables.Extensions.Matches;

/// <summary>That <c>!</c> stood before a rate of <c>hashlimit</c>: an inverted upper limit is a lower one, and is saved as such.</summary>
/// <param name="above"><see cref="HashLimit.Above"/>, or 0.</param>
internal sealed class HashLimitDirection(uint above) : Bit<HashLimit.Info>
{
    /// <inheritdoc/>
    public override bool IsSet(in HashLimit.Info info) => false;

    /// <inheritdoc/>
    public override void Set(ref HashLimit.Info info) => info.Mode = (info.Mode & ~HashLimit.Above) | above;
}
