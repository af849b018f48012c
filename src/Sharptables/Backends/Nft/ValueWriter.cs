using System;

namespace Sharptables.Backends.Nft;

/// <summary>Gives the words for a value.</summary>
internal delegate string ValueWriter(ReadOnlySpan<byte> value);
