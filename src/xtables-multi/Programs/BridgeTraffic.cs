using System;
using Sharptables.Editing;
using Sharptables.Kernel;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>Frames through a bridge, which sends them to all of its ports, and to itself.</summary>
/// <param name="rules">The rules.</param>
/// <param name="nft">The path of nft(8).</param>
internal sealed class BridgeTraffic(RuleSet rules, byte[] nft) : TranslationTraffic(rules, nft)
{
    private const string Bridge = "shbridge";

    /// <inheritdoc/>
    protected override string[] Ends => ["input", "postrouting"];

    /// <inheritdoc/>
    protected override int Send(Func<string, Predicate<MadePacket>, int> send) => send(
        $"link add {Bridge} type bridge mcast_snooping 0\nlink set {Bridge} arp off addrgenmode none promisc on up\n"
            + Cables("arp off addrgenmode none up", "arp off addrgenmode none up", static (name, _) => $"link set {name} master {Bridge}\n"), static _ => true);

    /// <inheritdoc/>
    protected override bool Send(PacketSender sender, MadePacket packet, string peer) => sender.SendFrame(packet.Bytes, packet.IsOwn ? Bridge : peer);
}
