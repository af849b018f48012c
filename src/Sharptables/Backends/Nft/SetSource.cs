using System;

namespace Sharptables.Backends.Nft;

/// <summary>Gives a set of a table by its name; null if it is not there.</summary>
internal delegate NftSet? SetSource(ReadOnlySpan<byte> name);
