using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>A field that both families have, each in its own header.</summary>
/// <param name="ipv4">The field of IPv4.</param>
/// <param name="ipv6">The field of IPv6.</param>
internal sealed class FamilyField(Field ipv4, Field ipv6) : Field(ipv4.Name, ipv4.Bits, ipv4.Type)
{
    /// <inheritdoc/>
    public override Field In(Family family) => family == Family.IPv4 ? ipv4 : ipv6;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) => In(packet.Family).Ask(packet, values);
}
