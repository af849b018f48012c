using System;

namespace Sharptables.Formats.Iptables;

/// <summary>The one-sentence summaries of options and extensions.</summary>
internal static class SummaryText
{
    /// <summary>A summary without the braces around names of other options.</summary>
    public static string Plain(string summary) => summary.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
