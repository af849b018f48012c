namespace Sharptables.Backends.Nft;

/// <summary>A table of nf_tables in force.</summary>
/// <param name="Family">
/// Its family as nft(8) writes it: <c>ip</c>, <c>ip6</c>, <c>inet</c>, <c>arp</c>, <c>bridge</c>, <c>netdev</c>.
/// </param>
/// <param name="Name">Its name.</param>
/// <param name="Rules">How many rules it has.</param>
internal sealed record NftTable(string Family, string Name, int Rules);
