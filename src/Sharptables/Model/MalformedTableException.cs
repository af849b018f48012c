using System;

namespace Sharptables.Model;

/// <summary>
/// What was read is not a valid table: an offset or size in it is impossible. The kernel checks what it is given, so the source is
/// damaged.
/// </summary>
/// <param name="reason">What is wrong.</param>
internal sealed class MalformedTableException(string reason) : Exception(reason);
