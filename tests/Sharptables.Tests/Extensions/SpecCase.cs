namespace Sharptables.Tests.Extensions;

/// <summary>A line of an extension's <c>.spec</c>, for one family.</summary>
public sealed record SpecCase(
    string File,
    int Line,
    bool IsIPv6,
    string Table,
    string Chain,
    string Rule,
    string Saved,
    bool IsTaken,
    IReadOnlyDictionary<string, string> Known)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}.spec:{Line} ({(IsIPv6 ? "ip6" : "ip")}): {Rule}";

    /// <summary>The words of the rule as a shell has them; null when only a shell knows (<c>$x</c>).</summary>
    public List<string>? Words() => ShellWords.Split(Rule);
}
