namespace Sharptables.Extensions;

/// <summary>Takes a value out of a kernel struct that is in more than one of its fields.</summary>
internal delegate TValue Getter<TInfo, out TValue>(in TInfo info)
    where TInfo : unmanaged;
