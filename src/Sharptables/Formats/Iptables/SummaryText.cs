using System;

namespace Sharptables.Formats.Iptables;

/// <summary>The sentences that options and extensions say of themselves.</summary>
internal static class SummaryText
{
    /// <summary>A summary without the braces round names of other options, for those who make nothing of them.</summary>
    public static string Plain(string summary) => summary.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
}
