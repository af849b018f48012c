namespace Sharptables.Kernel;

/// <summary>Protocols of Ethernet, as they are in a frame and in the kernel's structs: most significant byte first (linux/if_ether.h).</summary>
internal static class EtherType
{
    public const ushort IPv4 = 0x0008; // ETH_P_IP, 0x0800

    public const ushort Arp = 0x0608; // ETH_P_ARP, 0x0806

    /// <summary>Reverse ARP.</summary>
    public const ushort ReverseArp = 0x3580; // ETH_P_RARP, 0x8035

    /// <summary>A VLAN tag.</summary>
    public const ushort Vlan = 0x0081; // ETH_P_8021Q, 0x8100

    public const ushort IPv6 = 0xdd86; // ETH_P_IPV6, 0x86dd
}
