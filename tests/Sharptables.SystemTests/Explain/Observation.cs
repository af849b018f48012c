namespace Sharptables.SystemTests.Explain;

/// <summary>What the kernel did with a packet.</summary>
/// <param name="Counted">The rules whose counters rose, and by how much.</param>
/// <param name="Heard">What left it, came to it, or was answered: where, the packet, and its mark.</param>
internal sealed record Observation(IReadOnlyDictionary<string, int> Counted, IReadOnlyList<(string Place, byte[] Packet, uint Mark)> Heard)
{
    /// <summary>How a rule is named: the table, the chain and its number there.</summary>
    public static string Key(string table, string chain, int number) => $"{table} {chain} {number}";
}
