namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TTL</c>.</summary>
internal sealed class TtlTarget() : HopCountTarget("TTL", "ttl")
{
    /// <inheritdoc/>
    public override string Summary => "Changes the time to live of an IPv4 packet.";
}
