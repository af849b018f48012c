using System;

namespace Sharptables.Model;

/// <summary>
/// What was read as a table is none: an offset or size in it cannot be. The kernel checks what it is given, so this is a damaged
/// source.
/// </summary>
/// <param name="reason">What is wrong, for a person.</param>
internal sealed class MalformedTableException(string reason) : Exception(reason);
