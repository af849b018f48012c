using Sharptables.Model;
namespace Sharptables.Extensions;

/// <summary>
/// Where an extension may stand, as the kernel checks it. It explains a refusal, and lets <c>iptables-restore --test</c> foresee it.
/// </summary>
/// <param name="Tables">Names of the tables; empty for all.</param>
/// <param name="Hooks">The hooks from which the rule may be reached.</param>
/// <param name="Protocols">Numbers of the protocols that the rule must name; empty for any.</param>
internal sealed record Usage(string[]? Tables = null, Hooks Hooks = Hooks.All, ushort[]? Protocols = null)
{
    /// <summary>Everywhere.</summary>
    public static Usage Anywhere { get; } = new();
}
