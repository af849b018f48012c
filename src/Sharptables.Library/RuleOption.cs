namespace Sharptables;

/// <summary>An option of a rule, as iptables(8) and iptables-extensions(8) tell of it.</summary>
/// <param name="Extension">The match or target that it is of, such as <c>tcp</c> or <c>LOG</c>; empty for those that every rule has.</param>
/// <param name="Name">Its name, such as <c>source</c> or <c>dport</c>.</param>
/// <param name="Value">Its value, or values, as iptables-save writes them; empty if it has none.</param>
/// <param name="IsInverted">Whether <c>!</c> stands before it.</param>
public sealed record RuleOption(string Extension, string Name, string Value, bool IsInverted);
