namespace Sharptables.Extensions;

/// <summary>A question about a kernel struct, such as whether an option is to be saved.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
internal delegate bool Question<TInfo>(in TInfo info)
    where TInfo : unmanaged;
