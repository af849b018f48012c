namespace Sharptables.Programs;

/// <summary>An option of iptables-save or iptables-restore itself.</summary>
/// <param name="Letter">Its letter.</param>
/// <param name="Name">Its long name, or empty.</param>
/// <param name="Value">What follows it.</param>
internal readonly record struct OwnOption(char Letter, string Name, OwnOptionValue Value = OwnOptionValue.None);
