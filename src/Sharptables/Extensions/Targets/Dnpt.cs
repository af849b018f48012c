using Sharptables.Model;
namespace Sharptables.Extensions.Targets;

/// <summary><c>-j DNPT</c>.</summary>
internal sealed class Dnpt() : PrefixTranslation("DNPT", Hooks.PreRouting | Hooks.Output)
{
    /// <inheritdoc/>
    public override string Summary => "Puts another network prefix into the destination address, without tracking connections.";
}
