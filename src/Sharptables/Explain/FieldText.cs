using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>Fields of a packet and their values in words.</summary>
internal static class FieldText
{
    private const int MostParts = 4; // of a value that is not known wholly

    /// <summary>What a packet has of a field; null if nothing is known of it.</summary>
    public static string? Of(Packet packet, Field field)
    {
        field = field.In(packet.Family);
        if (field.Slot is null)
        {
            return null;
        }

        if (packet.Find(field) is { } value)
        {
            return Of(field, value);
        }

        Possible possible = packet.PossibleOf(field);
        if (field.Mask != field.Slot.Value.Greatest || possible.IsAll || possible.Intervals.Count > MostParts)
        {
            return null;
        }

        List<string> parts = [];
        foreach ((UInt128 first, UInt128 last) in possible.Intervals)
        {
            parts.Add(first == last ? Of(field, first) : $"{Of(field, first)}-{Of(field, last)}");
        }

        return string.Join(" or ", parts);
    }

    /// <summary>What rules have changed of a packet, a text for each field.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="isSeen">Whether only those are meant that others see of it, and not marks and the like.</param>
    public static List<string> Changes(Packet packet, bool isSeen = false)
    {
        List<string> changes = [];
        for (int i = 0; i < packet.Changes.Count; i++)
        {
            Field field = packet.Changes[i];
            if (packet.Changes.IndexOf(field) == i && !IsOfConnection(field) && (!isSeen || field.Slot is { IsBytes: true }))
            {
                changes.Add(Change(packet, field));
            }
        }

        return changes;
    }

    /// <summary>What a field has become.</summary>
    public static string Change(Packet packet, Field field) => $"{NameOf(field)} {Of(packet, field) ?? "not known"}";

    /// <summary>Whether a field is what a connection has beside its mark and state, which follows from the packet.</summary>
    public static bool IsOfConnection(Field field) => field is ConnectionField { Key: not (CtKey.Mark or CtKey.State) };

    /// <summary>The name of a field.</summary>
    public static string NameOf(Field field) => field switch
    {
        ConnectionField { Key: CtKey.State } => "ctstate",
        ConnectionField { Key: CtKey.Mark } => "connmark",
        MetaField { Key: MetaKey.Iifname } => "in-interface",
        MetaField { Key: MetaKey.Oifname } => "out-interface",
        MetaField { Key: MetaKey.L4proto } => "protocol",
        _ => field.Name switch
        {
            "saddr" => "source",
            "daddr" => "destination",
            "sport" => "source port",
            "dport" => "destination port",
            "hoplimit" => "hop limit",
            var name => name,
        },
    };

    /// <summary>A value in words.</summary>
    private static string Of(Field field, UInt128 value)
    {
        switch (field.Type)
        {
            case FieldType.Address:
                Span<byte> bytes = stackalloc byte[16];
                BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
                return Encoding.ASCII.GetString(field.Bits == 32 ? AddressText.FormatIPv4(bytes[12..]) : AddressText.FormatIPv6(bytes));
            case FieldType.Interface:
                return value == 0 ? "none" : InterfaceNumber.NameOf(value);
            case FieldType.Protocol:
                Output name = new(Output.Kept);
                ProtocolText.WriteShortName((ushort)value, name);
                return MessageText.Of(name.Written);
            case FieldType.State:
                return Words((ulong)value, [(1, "INVALID"), (2, "ESTABLISHED"), (4, "RELATED"), (8, "NEW"), (256, "UNTRACKED"), (64, "SNAT"), (128, "DNAT")]);
            case FieldType.TcpFlags:
                return Words((ulong)value, [(1, "FIN"), (2, "SYN"), (4, "RST"), (8, "PSH"), (16, "ACK"), (32, "URG")]);
            case FieldType.PacketType:
                return value == 0 ? "unicast" : value == 1 ? "broadcast" : value == 2 ? "multicast" : $"{value}";
            case FieldType.Direction:
                return value == 0 ? "ORIGINAL" : "REPLY";
            case FieldType.IcmpType or FieldType.Icmp6Type when field.Bits == 16:
                return $"{value >> 8}/{value & byte.MaxValue}";
            case FieldType.Mark or FieldType.HexByte or FieldType.Status or FieldType.EtherType:
                return string.Create(CultureInfo.InvariantCulture, $"0x{(ulong)value:x}");
            case FieldType.Mac:
                string digits = ((ulong)value).ToString("x12", CultureInfo.InvariantCulture);
                return $"{digits[..2]}:{digits[2..4]}:{digits[4..6]}:{digits[6..8]}:{digits[8..10]}:{digits[10..]}";
            default:
                return value.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Words(ulong bits, ReadOnlySpan<(ulong Bit, string Word)> words)
    {
        List<string> said = [];
        foreach ((ulong bit, string word) in words)
        {
            if ((bits & bit) != 0)
            {
                said.Add(word);
            }
        }

        return said.Count == 0 ? "NONE" : string.Join(',', said);
    }
}
