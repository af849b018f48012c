namespace Sharptables.Model;

/// <summary>The hooks of ARP, which have other numbers than those of <see cref="Hooks"/> (linux/netfilter_arp.h).</summary>
internal static class ArpHooks
{
    /// <summary>To this machine: <c>NF_ARP_IN</c>.</summary>
    public const Hooks Input = (Hooks)(1 << 0);

    /// <summary>From this machine: <c>NF_ARP_OUT</c>.</summary>
    public const Hooks Output = (Hooks)(1 << 1);

    /// <summary>Through a bridge: <c>NF_ARP_FORWARD</c>. No table of arptables has it.</summary>
    public const Hooks Forward = (Hooks)(1 << 2);
}
