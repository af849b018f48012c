using System;
using Sharptables.Extensions.Heads;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>The heads of rules, one for each family. Every start needs one, so they are not in the list of extensions.</summary>
internal static class HeadList
{
    private static readonly ExtensionEntry[] s_heads =
    [
        new("ip", Families.IPv4, static _ => new Ip()),
        new("ip6", Families.IPv6, static _ => new Ip6()),
        new("arp", Families.Arp, static _ => new Arp()),
        new("bridge", Families.Bridge, static _ => new Bridge()),
    ];

    private static readonly IHead?[] s_built = new IHead?[s_heads.Length];

    public static IHead Of(Family family)
    {
        for (int i = 0; i < s_heads.Length; i++)
        {
            if ((s_heads[i].Families & family.Bit) != 0)
            {
                return s_built[i] ??= (IHead)s_heads[i].Build(family);
            }
        }

        throw new ArgumentException($"rules of {family} have no head", nameof(family));
    }
}
