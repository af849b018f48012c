using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m dst</c>.</summary>
internal sealed class Dst() : HeaderOptions("dst", Protocol.DestinationOptions, "PAD0 hasn't got length")
{
    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets with a destination options header.";
}
