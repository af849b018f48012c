namespace Sharptables.Extensions.Matches;

/// <summary><c>-m hbh</c>.</summary>
internal sealed class Hbh() : HeaderOptions("hbh", 0, "PAD0 has not got length")
{
    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets with a hop-by-hop options header.";
}
