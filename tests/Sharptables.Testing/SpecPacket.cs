namespace Sharptables.Testing;

/// <summary>A packet of a <c>.spec</c>, the first of its connection.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="IsTaken">Whether the rule takes it.</param>
/// <param name="IsDropped">Whether the kernel drops it in the match, because it is truncated or invalid.</param>
/// <param name="Heard">What then comes out of the router, in words, if that is said.</param>
public sealed record SpecPacket(Packet Packet, bool IsTaken, bool IsDropped, string? Heard)
{
    /// <summary>Reads the text after <c>packet:</c>.</summary>
    public static SpecPacket Parse(string text, bool v6)
    {
        if (text is not ['+' or '-' or 'x', ' ', ..])
        {
            throw new FormatException($"packet: {text}: neither +, - nor x");
        }

        string[] parts = text[2..].Split(" = ", 2);
        return new SpecPacket(new Packet(parts[0], v6), text[0] == '+', text[0] == 'x', parts.Length > 1 ? parts[1] : null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsTaken ? '+' : IsDropped ? 'x' : '-')} {Packet}{(Heard is null ? "" : $" = {Heard}")}";
}
