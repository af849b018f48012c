using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>
/// The length of the hardware's addresses in ARP. Only with addresses of IPv4, of four bytes, is it known where what follows begins, so the length
/// of those is asked with it.
/// </summary>
internal sealed class HardwareLengthField() : PayloadField(Header.Arp, "hlen", 4, 8)
{
    private const int IPv4Length = 4;

    /// <inheritdoc/>
    public override bool IsSplit => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [Hardware, Protocol];

    private static PayloadField Hardware => new(Header.Arp, "hlen", 4, 8);

    private static PayloadField Protocol => new(Header.Arp, "plen", 5, 8);

    /// <inheritdoc/>
    public override Condition? Join(IReadOnlyList<Condition> parts)
    {
        Condition? hardware = null;
        bool isOfIPv4 = false;
        foreach (Condition part in parts)
        {
            hardware = part.Field == Hardware ? part with { Field = this } : hardware;
            isOfIPv4 |= Meaning.IsSame(part, new(Protocol, Values.Only(IPv4Length), IsInverted: false));
        }

        return isOfIPv4 ? hardware : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition) =>
        [condition with { Field = Hardware }, new(Protocol, Values.Only(IPv4Length), IsInverted: false)];
}
