namespace Sharptables.Extensions;

/// <summary>A switch made of two functions.</summary>
/// <param name="isSet">Whether it is set.</param>
/// <param name="set">Sets it.</param>
internal sealed class MadeSwitch<TInfo>(Question<TInfo> isSet, Change<TInfo> set) : Switch<TInfo>
    where TInfo : unmanaged
{
    public override bool IsSet(in TInfo info) => isSet(info);

    public override void Set(ref TInfo info) => set(ref info);
}
