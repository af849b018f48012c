namespace Sharptables.Extensions;

/// <summary>A match: a condition of a rule.</summary>
/// <typeparam name="TInfo">The kernel's struct of the newest revision.</typeparam>
internal abstract class Match<TInfo> : Extension<TInfo>
    where TInfo : unmanaged
{
    /// <inheritdoc/>
    public sealed override bool IsTarget => false;
}
