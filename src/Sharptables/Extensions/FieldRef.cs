namespace Sharptables.Extensions;

/// <summary>A lens on one field of a kernel struct, for reading and writing.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <typeparam name="TField">The field.</typeparam>
internal delegate ref TField FieldRef<TInfo, TField>(ref TInfo info)
    where TInfo : unmanaged;
