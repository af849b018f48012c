namespace Sharptables.DifferentialTests.Running;

/// <summary>One case of a <c>.spec</c>: a rule, how it is saved, whether it is taken, and what else is known of it.</summary>
public sealed record SpecLine(
    string File,
    int LineNumber,
    string Family,
    string Table,
    string Chain,
    IReadOnlyList<string> Setup,
    string Rule,
    string Saved,
    bool IsTaken,
    IReadOnlyDictionary<string, string> Known)
{
    /// <summary>The program's name for the family.</summary>
    public string Program => Family == "ip6" ? "ip6tables" : "iptables";
}
