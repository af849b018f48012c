namespace Sharptables.Extensions.Matches;

/// <summary><c>-m hl</c>.</summary>
internal sealed class Hl() : HopCount("hl", "HL", "HL match: You must specify one of `--hl-eq', `--hl-lt', `--hl-gt'")
{
    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets by their hop limit.";
}
