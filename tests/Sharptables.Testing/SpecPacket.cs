namespace Sharptables.Testing;

/// <summary>A packet of a <c>.spec</c>, the first of its connection.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="IsTaken">Whether the rule takes it.</param>
/// <param name="Heard">What then comes out of the router, in words, if that is said.</param>
public sealed record SpecPacket(Packet Packet, bool IsTaken, string? Heard)
{
    /// <summary>Reads what stands behind <c>packet:</c>.</summary>
    public static SpecPacket Parse(string text, bool v6)
    {
        if (text is not ['+' or '-', ' ', ..])
        {
            throw new FormatException($"packet: {text}: neither + nor -");
        }

        string[] parts = text[2..].Split(" = ", 2);
        return new SpecPacket(new Packet(parts[0], v6), text[0] == '+', parts.Length > 1 ? parts[1] : null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsTaken ? '+' : '-')} {Packet}{(Heard is null ? "" : $" = {Heard}")}";
}
