namespace Sharptables;

/// <summary>What a rule, or the policy of a chain, has counted.</summary>
/// <param name="Packets">How many packets.</param>
/// <param name="Bytes">How many bytes they had, from the IP header on.</param>
public readonly record struct Counters(ulong Packets, ulong Bytes);
