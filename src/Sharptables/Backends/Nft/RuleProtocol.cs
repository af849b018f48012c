using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// What x_tables' extensions are told of a rule: the protocol that it asks for. The kernel does not give back what it was told when the rule was
/// made, so it is found in the expressions then.
/// </summary>
internal static class RuleProtocol
{
    /// <summary>Writes it.</summary>
    /// <param name="protocol">The protocol; 0 for any.</param>
    /// <param name="isInverted">Whether the rule is about all others.</param>
    /// <param name="to">The message of the rule.</param>
    public static void Write(uint protocol, bool isInverted, NetlinkWriter to)
    {
        int nest = to.BeginNest(NfTables.Rule.Compat);
        to.Put(NfTables.Compat.Protocol, protocol);
        to.Put(NfTables.Compat.Flags, isInverted ? NfTables.Compat.InvertedFlag : 0);
        to.EndNest(nest);
    }

    /// <summary>Finds and writes it, if the rule has such extensions.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="expressions">The rule's expressions.</param>
    /// <param name="to">The message of the rule.</param>
    public static void Write(byte family, ReadOnlySpan<byte> expressions, NetlinkWriter to)
    {
        uint protocol = 0, register = 0;
        bool isInverted = false, isFound = false, hasExtension = false;
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
            else if (!isFound && register != 0 && each.Kind == ExpressionKind.Compare && Compares(each.Data, register, family, out protocol, out isInverted))
            {
                isFound = true;
            }
            else
            {
                register = 0;
            }
        }

        if (hasExtension && family != NftFamily.Arp)
        {
            Write(protocol, isInverted, to);
        }
    }

    /// <summary>Whether an expression loads what a family's protocols are told apart by. The first attribute of either is the register.</summary>
    private static bool Loads(in ExpressionList expression, byte family)
    {
        ReadOnlySpan<byte> data = expression.Data;
        return expression.Kind == ExpressionKind.Meta
            ? NetlinkAttributes.FindNumber(data, NfTables.Meta.Key) == (uint)(family == NftFamily.Bridge ? MetaKey.Protocol : MetaKey.L4proto)
            : family == NftFamily.Bridge ? IsPlace(data, NfTables.Payload.LinkHeader, offset: 12, length: 2)
            : family == NftFamily.IPv4 && IsPlace(data, NfTables.Payload.NetworkHeader, offset: 9, length: 1);
    }

    private static bool IsPlace(ReadOnlySpan<byte> data, uint header, uint offset, uint length) =>
        NetlinkAttributes.FindNumber(data, NfTables.Payload.Base) == header
        && NetlinkAttributes.FindNumber(data, NfTables.Payload.Offset) == offset
        && NetlinkAttributes.FindNumber(data, NfTables.Payload.Length) == length;

    private static bool Compares(ReadOnlySpan<byte> data, uint register, byte family, out uint protocol, out bool isInverted)
    {
        ReadOnlySpan<byte> value = NetlinkAttributes.Find(NetlinkAttributes.Find(data, NfTables.Compare.Data), NfTables.Data.Value);
        CompareOperator operation = (CompareOperator)NetlinkAttributes.FindNumber(data, NfTables.Compare.Operation);
        bool isIt = NetlinkAttributes.FindNumber(data, NfTables.Compare.Source) == register
            && operation is CompareOperator.Equal or CompareOperator.NotEqual
            && value.Length == (family == NftFamily.Bridge ? sizeof(ushort) : 1);
        isInverted = isIt && operation == CompareOperator.NotEqual;
        protocol = !isIt ? 0u : family == NftFamily.Bridge ? MemoryMarshal.Read<ushort>(value) : value[0]; // of a bridge as it lies in the packet
        return isIt;
    }
}
