using System.Collections.Generic;

namespace Sharptables.Backends.Nft;

/// <summary>A set or map.</summary>
/// <param name="KeyLength">The size of a key in bytes.</param>
/// <param name="IsMap">Whether each element has a value.</param>
/// <param name="Elements">The elements, sorted, of one that belongs to a rule and never changes; null if it is another, or has more than keys and values.</param>
internal sealed record NftSet(int KeyLength, bool IsMap, IReadOnlyList<NftSetElement>? Elements);
