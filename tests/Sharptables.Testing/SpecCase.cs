namespace Sharptables.Testing;

/// <summary>One case of a <c>.spec</c>, for one family: a rule, how it is saved, whether it is taken, and what else the file says.</summary>
public sealed record SpecCase(
    string File,
    int Line,
    string Family,
    string Table,
    string Chain,
    IReadOnlyList<string> Setup,
    string Rule,
    string Saved,
    bool IsTaken,
    IReadOnlyDictionary<string, string> Known,
    IReadOnlyList<SpecPacket> Packets)
{
    public bool IsIPv6 => Family == "ip6";

    /// <summary>The program's name for the family.</summary>
    public string Program => Family switch { "ip6" => "ip6tables", "arp" => "arptables", "bridge" => "ebtables", _ => "iptables" };

    /// <summary>Whether the command line takes it: a saved form beside FAIL says that only the kernel refuses it.</summary>
    public bool IsWellFormed => IsTaken || Saved.Length > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{File}.spec:{Line} ({Family}): {Rule}";

    /// <summary>The words of the rule as a shell has them; null when only a shell knows (<c>$x</c>).</summary>
    public List<string>? Words() => ShellWords.Split(Rule);
}
