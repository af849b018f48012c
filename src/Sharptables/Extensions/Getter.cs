namespace Sharptables.Extensions;

/// <summary>Reads a value that is spread over several fields of a kernel struct.</summary>
internal delegate TValue Getter<TInfo, out TValue>(in TInfo info)
    where TInfo : unmanaged;
