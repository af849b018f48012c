namespace Sharptables.Extensions;

/// <summary>What an extension asks of its struct and sets there by itself.</summary>
/// <param name="isSet">Whether the struct says it.</param>
/// <param name="set">Has the struct say it.</param>
internal sealed class MadeSwitch<TInfo>(Question<TInfo> isSet, Change<TInfo> set) : Switch<TInfo>
    where TInfo : unmanaged
{
    public override bool IsSet(in TInfo info) => isSet(info);

    public override void Set(ref TInfo info) => set(ref info);
}
