using System.Collections.Generic;

namespace Sharptables.Extensions;

/// <summary>
/// The list of an option's values below the options in help. Programs read it there, so it has the original's form.
/// </summary>
/// <param name="heading">The line above it: <c>Valid ICMP Types:</c>.</param>
/// <param name="lines">Each begins with a value, and may have another name for it in brackets.</param>
/// <param name="indent">What precedes each line.</param>
internal sealed class ValueList(string heading, IReadOnlyList<string> lines, string indent = "")
{
    public string Heading => heading;

    public IReadOnlyList<string> Lines => lines;

    public string Indent => indent;
}
