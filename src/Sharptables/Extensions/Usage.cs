using Sharptables.Model;
namespace Sharptables.Extensions;

/// <summary>
/// Where the kernel accepts an extension. It explains a refusal, and lets <c>iptables-restore --test</c> foresee it.
/// </summary>
/// <param name="Tables">The names of the tables; empty for all.</param>
/// <param name="Hooks">The hooks from which the rule may be reached.</param>
/// <param name="Protocols">The protocols of which the rule must name one; empty for any.</param>
/// <param name="IsLegacy">Whether it is accepted over the legacy interface alone.</param>
internal sealed record Usage(string[]? Tables = null, Hooks Hooks = Hooks.All, ushort[]? Protocols = null, bool IsLegacy = false)
{
    public static Usage Anywhere { get; } = new();
}
