namespace Sharptables.Extensions;

/// <summary>Stores a value that is spread over several fields of a kernel struct.</summary>
internal delegate void Setter<TInfo, TValue>(ref TInfo info, in TValue value)
    where TInfo : unmanaged;
