namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ttl</c>.</summary>
internal sealed class Ttl() : HopCount("ttl", "TTL", "TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt")
{
    /// <inheritdoc/>
    public override string Summary => "Matches IPv4 packets by their time to live.";
}
