using System.Collections.Generic;

namespace Sharptables.Extensions;

/// <summary>
/// The list of an option's values that help has below the options. Programs read it there, so it has the original's form.
/// </summary>
/// <param name="heading">The line above it: <c>Valid ICMP Types:</c>.</param>
/// <param name="lines">Its lines: each begins with a value, and may have another name for it in brackets.</param>
/// <param name="indent">What stands before each.</param>
internal sealed class ValueList(string heading, IReadOnlyList<string> lines, string indent = "")
{
    /// <summary>The line above it.</summary>
    public string Heading => heading;

    /// <summary>Its lines.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>What stands before each.</summary>
    public string Indent => indent;
}
