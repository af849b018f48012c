using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Packets;

/// <summary>An IP set, as far as packets are concerned: which of them it has. How long elements stay is left out.</summary>
/// <param name="kinds">What its elements consist of: <c>ip</c>, <c>net</c>, <c>port</c>, <c>mac</c>, <c>iface</c>, <c>mark</c>, or <c>set</c>.</param>
/// <param name="isIPv6">Whether its addresses are those of IPv6.</param>
internal sealed class IpSet(string[] kinds, bool isIPv6)
{
    private readonly List<(Values?[] Parts, int Prefix, bool IsException)> _elements = [];
    private bool _isSorted = true;

    /// <summary>The bits of a mark that count.</summary>
    public UInt128 MarkMask { get; init; } = uint.MaxValue;

    /// <summary>The sets that it is a list of.</summary>
    public List<IpSet> Members { get; } = [];

    /// <summary>Whether it is a list of sets.</summary>
    public bool IsList => kinds is ["set"];

    /// <summary>Whether there are elements that are not known.</summary>
    public bool HasOthers { get; set; }

    /// <summary>Adds an element.</summary>
    /// <param name="parts">The values of each part; of a port with the protocol in front, which is 0 for any; null for any value.</param>
    /// <param name="prefix">How long the prefixes of its networks are together: that of the longest counts.</param>
    /// <param name="isException">Whether what it has is not in the set.</param>
    public void Add(Values?[] parts, int prefix, bool isException)
    {
        _elements.Add((parts, prefix, isException));
        _isSorted = false;
    }

    /// <summary>Whether it has a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="dimensions">How many parts are looked up.</param>
    /// <param name="flags">Bits 1 and on: whether it is the source of each part.</param>
    /// <param name="wantsExceptions">Whether it is asked for the exceptions instead.</param>
    public Answer Ask(Packet packet, int dimensions, byte flags, bool wantsExceptions)
    {
        if (IsList)
        {
            Answer any = HasOthers ? Answer.Unknown : Answer.No;
            foreach (IpSet member in Members)
            {
                Answer its = member.Ask(packet, dimensions, flags, wantsExceptions);
                any = its > any ? its : any;
            }

            return any;
        }

        if (dimensions < kinds.Length || (isIPv6 != packet.Family.HasColonsInAddresses && Array.Exists(kinds, static kind => kind is "ip" or "net")))
        {
            return Answer.No;
        }

        if (!_isSorted)
        {
            _elements.Sort(static (a, b) => b.Prefix.CompareTo(a.Prefix));
            _isSorted = true;
        }

        bool mayBe = HasOthers, mayNotBe = HasOthers;
        foreach ((Values?[] parts, _, bool isException) in _elements)
        {
            Answer has = Answer.Yes;
            for (int i = 0; i < parts.Length && has is not Answer.No; i++)
            {
                Answer its = parts[i] is { } values ? AskPart(kinds[i], packet, (flags & (2 << i)) != 0, values) : Answer.Yes;
                has = its < has ? its : has;
            }

            if (has is not Answer.No)
            {
                bool isIn = isException == wantsExceptions;
                (mayBe, mayNotBe) = (mayBe | isIn, mayNotBe | !isIn);
                if (has is Answer.Yes)
                {
                    return mayBe && mayNotBe ? Answer.Unknown : mayBe ? Answer.Yes : Answer.No;
                }
            }
        }

        return mayBe ? Answer.Unknown : Answer.No;
    }

    private Answer AskPart(string kind, Packet packet, bool isSource, Values values)
    {
        switch (kind)
        {
            case "port":
                uint protocol = (uint)(values.First >> 16);
                bool isTold = packet.Protocol is not null;
                bool hasPorts = packet.Protocol is Protocol.Tcp or Protocol.Udp or Protocol.UdpLite or Protocol.Sctp;
                if (isTold && (protocol == 0 ? !hasPorts : protocol != packet.Protocol))
                {
                    return Answer.No;
                }

                if (protocol is not (0 or Protocol.Tcp or Protocol.Udp or Protocol.UdpLite or Protocol.Sctp))
                {
                    return Answer.Unknown;
                }

                Answer port = new Condition(isSource ? Field.Port.Source : Field.Port.Destination, Values.Between((ushort)values.First, (ushort)values.Second), false).Ask(packet);
                return !isTold && port is Answer.Yes ? Answer.Unknown : port;
            case "mac":
                return new Condition(isSource ? Field.Ether.Source : Field.Ether.Destination, values, false).Ask(packet);
            case "iface":
                return new Condition(isSource ? Field.Meta.InInterface : Field.Meta.OutInterface, values, false).Ask(packet);
            case "mark":
                return new Condition(Field.Meta.Mark, Values.Masked(values.First & MarkMask, MarkMask), false).Ask(packet);
            default:
                return new Condition((isSource ? Field.Ip.Source : Field.Ip.Destination).In(packet.Family), values, false).Ask(packet);
        }
    }
}
