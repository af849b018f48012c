namespace Sharptables.Extensions;

/// <summary>Puts a value into a kernel struct that is in more than one of its fields.</summary>
internal delegate void Setter<TInfo, TValue>(ref TInfo info, in TValue value)
    where TInfo : unmanaged;
