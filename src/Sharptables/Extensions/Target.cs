namespace Sharptables.Extensions;

/// <summary>A target: what happens to a packet that a rule matches.</summary>
/// <typeparam name="TInfo">The kernel's struct of the newest revision.</typeparam>
internal abstract class Target<TInfo> : Extension<TInfo>
    where TInfo : unmanaged
{
    /// <inheritdoc/>
    public sealed override bool IsTarget => true;
}
