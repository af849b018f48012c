namespace Sharptables.Extensions.Targets;

/// <summary><c>-j HL</c>.</summary>
internal sealed class HlTarget() : HopCountTarget("HL", "hl")
{
    /// <inheritdoc/>
    public override string Summary => "Changes the hop limit of an IPv6 packet.";
}
