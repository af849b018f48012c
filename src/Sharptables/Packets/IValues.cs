namespace Sharptables.Packets;

/// <summary>Part of a kernel struct that selects values of a field.</summary>
internal interface IValues
{
    /// <summary>The values of <paramref name="field"/> that it selects.</summary>
    Values ValuesOf(Field field);
}
