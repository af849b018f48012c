namespace Sharptables.Packets;

/// <summary>Part of a kernel struct that selects values of a field.</summary>
internal interface IValues
{
    /// <summary>The values of <paramref name="field"/> that it selects.</summary>
    Values ValuesOf(Field field);

    /// <summary>Makes it select some values; false if it cannot. What it then selects is still to be compared with them.</summary>
    bool TryTake(Field field, Values values);
}
