namespace Sharptables.Testing;

/// <summary>A packet of a <c>.spec</c>, the first of its connection.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="Fate">What the rule does with it: <c>+</c> takes it, <c>-</c> leaves it, <c>x</c>: the kernel drops it in the match, because it is truncated
/// or invalid.</param>
/// <param name="FateOverNft">The same over nf_tables, which may read what is not there.</param>
/// <param name="Heard">What then comes out of the router, in words, if that is said.</param>
public sealed record SpecPacket(Packet Packet, char Fate, char FateOverNft, string? Heard)
{
    /// <summary>Reads the text after <c>packet:</c>.</summary>
    public static SpecPacket Parse(string text, bool v6)
    {
        string[] words = text.Split(' ', 2);
        if (words is not [{ Length: 1 or 2 } fates, var said] || fates.AsSpan().ContainsAnyExcept('+', '-', 'x'))
        {
            throw new FormatException($"packet: {text}: neither +, - nor x");
        }

        string[] parts = said.Split(" = ", 2);
        return new SpecPacket(new Packet(parts[0], v6), fates[0], fates[^1], parts.Length > 1 ? parts[1] : null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Fate}{(FateOverNft == Fate ? "" : FateOverNft)} {Packet}{(Heard is null ? "" : $" = {Heard}")}";
}
