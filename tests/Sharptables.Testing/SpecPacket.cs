namespace Sharptables.Testing;

/// <summary>A packet of a <c>.spec</c>, the first of its connection, and whether the rule takes it.</summary>
public sealed record SpecPacket(Packet Packet, bool IsTaken)
{
    /// <summary>Reads what stands behind <c>packet:</c>.</summary>
    public static SpecPacket Parse(string text, bool v6) => text.StartsWith("+ ", StringComparison.Ordinal) || text.StartsWith("- ", StringComparison.Ordinal)
        ? new SpecPacket(new Packet(text[2..], v6), text[0] == '+')
        : throw new FormatException($"packet: {text}: neither + nor -");

    /// <inheritdoc/>
    public override string ToString() => $"{(IsTaken ? '+' : '-')} {Packet}";
}
