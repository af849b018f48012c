using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>
/// What x_tables' extensions are told of a rule, found in its expressions: the protocol that it asks for. The kernel does not give back what it was
/// told when the rule was made.
/// </summary>
internal static class RuleProtocol
{
    private const byte Arp = 3; // NFPROTO_*, linux/netfilter.h
    private const byte Bridge = 7;
    private const byte IPv4 = 2;

    private const uint LinkHeader = 0; // NFT_PAYLOAD_*, linux/netfilter/nf_tables.h
    private const uint NetworkHeader = 1;
    private const uint ProtocolKey = 1; // NFT_META_*
    private const uint TransportProtocolKey = 16;
    private const uint Equal = 0; // NFT_CMP_*
    private const uint Unequal = 1;

    /// <summary>Writes it, if the rule has such extensions.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="expressions">The rule's expressions.</param>
    /// <param name="to">The message of the rule.</param>
    public static void Write(byte family, ReadOnlySpan<byte> expressions, NetlinkWriter to)
    {
        uint protocol = 0, flags = 0, register = 0;
        bool isFound = false, hasExtension = false;
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            if (each.Kind is ExpressionKind.Match or ExpressionKind.Target)
            {
                hasExtension = true;
            }
            else if (each.Kind is ExpressionKind.Payload or ExpressionKind.Meta)
            {
                register = Loads(each, family) ? NetlinkAttributes.FindNumber(each.Data, NfTables.Meta.Destination) : 0;
            }
            else if (!isFound && register != 0 && each.Kind == ExpressionKind.Compare && Compares(each.Data, register, family, out protocol, out bool isInverted))
            {
                isFound = true;
                flags = isInverted ? NfTables.Compat.InvertedFlag : 0;
            }
            else
            {
                register = 0;
            }
        }

        if (!hasExtension || family == Arp)
        {
            return;
        }

        int nest = to.BeginNest(NfTables.Rule.Compat);
        to.Put(NfTables.Compat.Protocol, protocol);
        to.Put(NfTables.Compat.Flags, flags);
        to.EndNest(nest);
    }

    /// <summary>Whether an expression loads what a family's protocols are told apart by. The first attribute of either is the register.</summary>
    private static bool Loads(in ExpressionList expression, byte family)
    {
        ReadOnlySpan<byte> data = expression.Data;
        return expression.Kind == ExpressionKind.Meta
            ? NetlinkAttributes.FindNumber(data, NfTables.Meta.Key) == (family == Bridge ? ProtocolKey : TransportProtocolKey)
            : family == Bridge ? IsPlace(data, LinkHeader, offset: 12, length: 2) : family == IPv4 && IsPlace(data, NetworkHeader, offset: 9, length: 1);
    }

    private static bool IsPlace(ReadOnlySpan<byte> data, uint header, uint offset, uint length) =>
        NetlinkAttributes.FindNumber(data, NfTables.Payload.Base) == header
        && NetlinkAttributes.FindNumber(data, NfTables.Payload.Offset) == offset
        && NetlinkAttributes.FindNumber(data, NfTables.Payload.Length) == length;

    private static bool Compares(ReadOnlySpan<byte> data, uint register, byte family, out uint protocol, out bool isInverted)
    {
        ReadOnlySpan<byte> value = NetlinkAttributes.Find(NetlinkAttributes.Find(data, NfTables.Compare.Data), NfTables.Data.Value);
        uint operation = NetlinkAttributes.FindNumber(data, NfTables.Compare.Operation);
        isInverted = operation == Unequal;
        bool isIt = NetlinkAttributes.FindNumber(data, NfTables.Compare.Source) == register && operation is Equal or Unequal
            && value.Length == (family == Bridge ? sizeof(ushort) : 1);
        protocol = !isIt ? 0u : family == Bridge ? MemoryMarshal.Read<ushort>(value) : value[0]; // of a bridge as it lies in the packet
        return isIt;
    }
}
