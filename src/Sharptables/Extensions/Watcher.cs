namespace Sharptables.Extensions;

/// <summary>A watcher of ebtables: it notes a frame that the rest of the rule matches. It may also stand in the place of the target.</summary>
/// <typeparam name="TInfo">The kernel's struct.</typeparam>
/// <param name="isTarget">Whether it is in that place.</param>
internal abstract class Watcher<TInfo>(bool isTarget) : Extension<TInfo>
    where TInfo : unmanaged
{
    /// <inheritdoc/>
    public sealed override bool IsTarget => isTarget;

    /// <inheritdoc/>
    public sealed override bool IsWatcher => true;
}
