using System;

namespace Sharptables.Kernel;

/// <summary>A question about a name.</summary>
internal delegate bool NameQuestion(ReadOnlySpan<byte> name);
