using System;
using System.Text;
using Sharptables.Editing;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>ARP: what comes is sent as it is made; what this machine sends is its request for the address that a packet is for.</summary>
/// <param name="rules">The rules.</param>
/// <param name="nft">The path of nft(8).</param>
internal sealed class ArpTraffic(RuleSet rules, byte[] nft) : TranslationTraffic(rules, nft)
{
    private static ReadOnlySpan<byte> ToAll => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 2, 8, 6];

    /// <inheritdoc/>
    protected override string[] Ends => ["input", "output"];

    /// <inheritdoc/>
    protected override int Send(Func<string, Predicate<MadePacket>, int> send)
    {
        StringBuilder links = new(Cables("addrgenmode none up", "addrgenmode none up", static (_, _) => ""));
        foreach (MadePacket packet in Packets.FindAll(static packet => packet.IsOwn))
        {
            links.Append($"address add {Text(packet.Source)}/32 dev {packet.Out}\nroute add {Text(packet.Destination)} dev {packet.Out} src {Text(packet.Source)}\n");
        }

        return send(links.ToString(), static _ => true);
    }

    /// <inheritdoc/>
    protected override bool Send(PacketSender sender, MadePacket packet, string peer) => packet.IsOwn
        ? sender.SendOwn(
            [0x45, 0, 0, 28, 0, 0, 0, 0, 64, Protocol.Udp, 0, 0, .. packet.Source, .. packet.Destination, 0, 9, 0, 9, 0, 8, 0, 0], packet.Destination)
        : sender.SendFrame([.. ToAll, .. packet.Bytes], peer);

    /// <summary>One request for an address is enough.</summary>
    protected override void Permit() => Set("/proc/sys/net/ipv4/neigh/default/mcast_solicit", "1");

    private static string Text(ReadOnlySpan<byte> address)
    {
        Output text = new(Output.Kept);
        Addresses.Write(text, address);
        return MessageText.Of(text.Written);
    }
}
