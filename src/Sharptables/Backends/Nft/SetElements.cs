using System;
using System.Collections.Generic;

namespace Sharptables.Backends.Nft;

/// <summary>The elements of an anonymous set of the table, as intervals; null when it is a named set or a map, whose elements may change.</summary>
/// <param name="name">The name of the set.</param>
internal delegate IReadOnlyList<(byte[] First, byte[] Last)>? SetElements(ReadOnlySpan<byte> name);
