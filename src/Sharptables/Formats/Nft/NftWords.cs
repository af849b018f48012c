using System;
using Sharptables.Packets;

namespace Sharptables.Formats.Nft;

/// <summary>nft(8)'s words for values of fields.</summary>
internal static class NftWords
{
    private static readonly (string, byte)[] s_icmpTypes =
    [
        ("echo-reply", 0), ("destination-unreachable", 3), ("source-quench", 4), ("redirect", 5), ("echo-request", 8), ("router-advertisement", 9),
        ("router-solicitation", 10), ("time-exceeded", 11), ("parameter-problem", 12), ("timestamp-request", 13), ("timestamp-reply", 14),
        ("info-request", 15), ("info-reply", 16), ("address-mask-request", 17), ("address-mask-reply", 18),
    ];

    private static readonly (string, byte)[] s_icmp6Types =
    [
        ("destination-unreachable", 1), ("packet-too-big", 2), ("time-exceeded", 3), ("parameter-problem", 4), ("echo-request", 128),
        ("echo-reply", 129), ("mld-listener-query", 130), ("mld-listener-report", 131), ("mld-listener-done", 132), ("nd-router-solicit", 133),
        ("nd-router-advert", 134), ("nd-neighbor-solicit", 135), ("nd-neighbor-advert", 136), ("nd-redirect", 137),
    ];

    private static readonly (string, byte)[] s_packetTypes = [("unicast", 0), ("broadcast", 1), ("multicast", 2)];

    private static readonly (string, byte)[] s_directions = [("original", 0), ("reply", 1)];

    private static readonly (string, byte)[] s_tcpFlags = [("fin", 1), ("syn", 2), ("rst", 4), ("psh", 8), ("ack", 16), ("urg", 32)];

    private static readonly (string, byte)[] s_states = [("invalid", 1), ("new", 8), ("related", 4), ("established", 2), ("untracked", 64)];

    private static readonly (string, byte)[] s_statuses = [("expected", 1), ("seen-reply", 2), ("assured", 4), ("confirmed", 8), ("snat", 16), ("dnat", 32)];

    /// <summary>The words for a type of value, in the order of writing; for bits, the word of each.</summary>
    public static ReadOnlySpan<(string Word, byte Value)> Of(FieldType type) => type switch
    {
        FieldType.IcmpType => s_icmpTypes,
        FieldType.Icmp6Type => s_icmp6Types,
        FieldType.PacketType => s_packetTypes,
        FieldType.Direction => s_directions,
        FieldType.TcpFlags => s_tcpFlags,
        FieldType.State => s_states,
        FieldType.Status => s_statuses,
        _ => [],
    };
}
