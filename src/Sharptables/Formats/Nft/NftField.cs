namespace Sharptables.Formats.Nft;

/// <summary>A field of a header in nft(8).</summary>
/// <param name="Name">Its name behind that of the header.</param>
/// <param name="Offset">Where it begins, in bits from the start of the header.</param>
/// <param name="Bits">Its width.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Message">The type of message that has it; empty if all have.</param>
internal sealed record NftField(string Name, int Offset, int Bits, NftType Type, string Message);
