namespace Sharptables.Backends.Nft;

/// <summary>A base chain in nf_tables.</summary>
/// <param name="Family">The family in nft(8).</param>
/// <param name="Table">The name of its table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hook">The name of its hook, in nft(8).</param>
/// <param name="Drops">Whether its policy is to drop.</param>
/// <param name="Rules">The number of rules.</param>
internal sealed record NftBaseChain(string Family, string Table, string Name, string Hook, bool Drops, int Rules);
