using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m eui64</c>.</summary>
internal sealed class Eui64 : Match<Eui64Info>
{
    /// <inheritdoc/>
    public override string Name => "eui64";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_EUI64";

    /// <inheritdoc/>
    public override string Summary => "Matches packets whose source address ends in the EUI-64 made from the MAC address they come from.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.PreRouting | Hooks.Input | Hooks.Forward);

    /// <summary>iptables prints the blank after the name, not before it.</summary>
    protected override void List(in Eui64Info info, Output output, in Format format) => output.Write("eui64 "u8);

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        Possible source = packet.PossibleOf(Field.Ip.Source);
        if (packet.Find(Field.Ether.Source) is not { } mac)
        {
            return source.Ask(Values.Masked(0xfffe000000, 0xffff000000)) is Answer.No ? Answer.No : Answer.Unknown;
        }

        UInt128 identifier = ((mac >> 24) << 40) | 0xfffe000000 | (mac & 0xffffff);
        return source.Ask(Values.Masked(identifier ^ ((UInt128)2 << 56), ulong.MaxValue));
    }
}

/// <summary>The kernel has an int here and ignores it.</summary>
[KernelStruct("int", "linux/netfilter_ipv6/ip6_tables.h")]
[StructLayout(LayoutKind.Sequential)]
public struct Eui64Info
{
    /// <summary>Zero.</summary>
    public int Unused;
}
