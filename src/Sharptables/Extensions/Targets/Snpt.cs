using Sharptables.Model;
namespace Sharptables.Extensions.Targets;

/// <summary><c>-j SNPT</c>.</summary>
internal sealed class Snpt() : PrefixTranslation("SNPT", Hooks.Input | Hooks.PostRouting)
{
    /// <inheritdoc/>
    public override string Summary => "Replaces the network prefix of the source address, without tracking connections.";
}
