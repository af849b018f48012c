namespace Sharptables.Extensions;

/// <summary>Changes a kernel struct, as an option without a value does.</summary>
/// <typeparam name="TInfo">The struct.</typeparam>
internal delegate void Change<TInfo>(ref TInfo info)
    where TInfo : unmanaged;
