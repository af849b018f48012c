namespace Sharptables.Extensions;

/// <summary>Points at one field of a kernel struct, to read it and to write it: a typed lens, checked by the compiler.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <typeparam name="TField">The field.</typeparam>
internal delegate ref TField FieldRef<TInfo, TField>(ref TInfo info)
    where TInfo : unmanaged;
