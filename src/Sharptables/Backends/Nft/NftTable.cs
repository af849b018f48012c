using System.Collections.Generic;

namespace Sharptables.Backends.Nft;

/// <summary>A table in nf_tables.</summary>
/// <param name="Family">The family in nft(8): <c>ip</c>, <c>ip6</c>, <c>inet</c>, <c>arp</c>, <c>bridge</c>, <c>netdev</c>.</param>
/// <param name="Name">The name.</param>
/// <param name="Rules">The number of rules.</param>
/// <param name="BaseChains">The chains that packets enter by.</param>
internal sealed record NftTable(string Family, string Name, int Rules, IReadOnlyList<NftBaseChain> BaseChains);
