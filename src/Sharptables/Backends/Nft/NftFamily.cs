using System.Globalization;

namespace Sharptables.Backends.Nft;

/// <summary>The families of nf_tables by their numbers (<c>NFPROTO_*</c>, linux/netfilter.h), in the words of nft(8).</summary>
internal static class NftFamily
{
    public const byte Inet = 1;
    public const byte IPv4 = 2;
    public const byte Arp = 3;
    public const byte NetDev = 5;
    public const byte Bridge = 7;
    public const byte IPv6 = 10;

    private static readonly string[] s_inetHooks = ["prerouting", "input", "forward", "output", "postrouting", "ingress"];
    private static readonly string[] s_arpHooks = ["input", "output", "forward"];
    private static readonly string[] s_deviceHooks = ["ingress", "egress"];

    /// <summary>The name of a family.</summary>
    public static string NameOf(byte family) => family switch
    {
        Inet => "inet",
        IPv4 => "ip",
        Arp => "arp",
        NetDev => "netdev",
        Bridge => "bridge",
        IPv6 => "ip6",
        _ => family.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The name of a hook of a family.</summary>
    public static string HookOf(byte family, int hook)
    {
        string[] names = family == Arp ? s_arpHooks : family == NetDev ? s_deviceHooks : s_inetHooks;
        return (uint)hook < (uint)names.Length ? names[hook] : hook.ToString(CultureInfo.InvariantCulture);
    }
}
