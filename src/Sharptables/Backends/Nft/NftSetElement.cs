namespace Sharptables.Backends.Nft;

/// <summary>An element of a set: an interval of keys, and in a map what stands for them.</summary>
/// <param name="First">The first key.</param>
/// <param name="Last">The last key; of several fields the last of each.</param>
/// <param name="Data">The attributes <c>NFTA_DATA_*</c> of its value.</param>
internal readonly record struct NftSetElement(byte[] First, byte[] Last, byte[]? Data);
