namespace Sharptables.Packets;

/// <summary>A part of a kernel struct that says which values of a field are meant.</summary>
internal interface IValues
{
    /// <summary>The values.</summary>
    /// <param name="field">The field.</param>
    Values ValuesOf(Field field);
}
