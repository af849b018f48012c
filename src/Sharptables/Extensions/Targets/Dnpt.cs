using Sharptables.Model;
namespace Sharptables.Extensions.Targets;

/// <summary><c>-j DNPT</c>.</summary>
internal sealed class Dnpt() : PrefixTranslation("DNPT", Hooks.PreRouting | Hooks.Output)
{
    /// <inheritdoc/>
    public override string Summary => "Replaces the network prefix of the destination address, without tracking connections.";
}
