using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Translation;

/// <summary>A packet, or a frame of a bridge, that some conditions take, as far as its bytes and interfaces can make them.</summary>
internal sealed class MadePacket
{
    private const int Rest = 32; // bytes behind the header of IP, if no length is asked for
    private const int EthernetSize = 14, TagSize = 4;
    private const ushort IPv4 = 0x0800, Arp = 0x0806, Vlan = 0x8100, IPv6 = 0x86dd; // linux/if_ether.h

    private readonly Family _network; // whose header it has
    private readonly int _start; // of that header
    private readonly byte[] _bytes;

    /// <param name="family">Its family.</param>
    /// <param name="hook">The hook whose chain is to see it.</param>
    /// <param name="conditions">The conditions. Those that cannot be made true are left out.</param>
    public MadePacket(Family family, int hook, IReadOnlyList<Condition> conditions)
    {
        Chain = family.HookNames[hook];
        ushort etherType = 0, inner = IPv4;
        foreach (Condition condition in conditions)
        {
            switch (condition.Field)
            {
                case MetaField { Key: MetaKey.Iifname }:
                    In = NameFrom(condition, In);
                    break;
                case MetaField { Key: MetaKey.Oifname }:
                    Out = NameFrom(condition, Out);
                    break;
                case MetaField { Key: MetaKey.Len }:
                    Length = (int)UInt128.Min(Meaning.Example(condition, (UInt128)Length) ?? (UInt128)Length, 1200);
                    break;
                case var field when field == Field.Ether.Protocol:
                    etherType = (ushort)(Meaning.Example(condition, IPv4) ?? IPv4);
                    break;
                case var field when field == Field.Vlan.Protocol:
                    inner = (ushort)(Meaning.Example(condition, IPv4) ?? IPv4);
                    break;
                case var field when field == Field.Ip.Protocol.In(Family.IPv4) || field == Field.Ip.Protocol.In(Family.IPv6):
                    Protocol = (byte)(Meaning.Example(condition, Protocol) ?? Protocol);
                    break;
            }

            etherType = etherType == 0 ? condition.Field.Header?.EtherType ?? 0 : etherType;
        }

        bool isFrame = family.HasEtherTypes;
        etherType = etherType == 0 ? IPv4 : etherType;
        inner = etherType == Vlan ? inner : etherType;
        _network = !isFrame ? family : inner switch { Arp => Family.Arp, IPv6 => Family.IPv6, _ => Family.IPv4 };
        _start = !isFrame ? 0 : etherType == Vlan ? EthernetSize + TagSize : EthernetSize;
        Length = Length > 0 ? Math.Max(Length, _network.HeaderSize + 8) : _network.HeaderSize + Rest;
        _bytes = new byte[_start + Math.Max(Length, _network.HeaderSize + Rest)];
        if (isFrame)
        {
            ((ReadOnlySpan<byte>)[2, 0, 0, 0, 0, 3, 2, 0, 0, 0, 0, 2]).CopyTo(_bytes);
            BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(EthernetSize - 2), etherType);
            BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_start - 2), inner);
        }

        Begin();
        foreach (Condition condition in conditions)
        {
            foreach (Condition part in condition.Field.Split(condition) ?? [condition])
            {
                Set(part);
            }
        }

        if (!isFrame && Chain is "FORWARD" or "POSTROUTING")
        {
            _bytes[((PayloadField)Field.Ip.HopLimit.In(family)).Offset]++; // which is counted down before
        }

        _bytes = _bytes[..(_start + Length)];
        if (IsIP)
        {
            Sum();
        }
    }

    /// <summary>From the header of the family on: of a bridge Ethernet's, else that behind it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The built-in chain that is to see it.</summary>
    public string Chain { get; }

    /// <summary>The interface that it comes in by.</summary>
    public string In { get; } = "shin";

    /// <summary>The interface that it goes out by.</summary>
    public string Out { get; } = "shout";

    /// <summary>Whether this machine sends it.</summary>
    public bool IsOwn => Chain == "OUTPUT";

    /// <summary>Whether it is for this machine, or not known yet to be for another.</summary>
    public bool Comes => Chain is "PREROUTING" or "INPUT" or "BROUTING";

    /// <summary>Where it goes to.</summary>
    public ReadOnlySpan<byte> Destination => At(IsIP ? Field.Ip.Destination : Field.Arp.Destination);

    /// <summary>Where it comes from.</summary>
    public ReadOnlySpan<byte> Source => At(IsIP ? Field.Ip.Source : Field.Arp.Source);

    private bool IsIP => _network.XTables is not null;

    private bool IsIPv6 => IsIP && _network.HasColonsInAddresses;

    private int Length { get; }

    private byte Protocol { get; } = Kernel.Protocol.Udp;

    private Span<byte> Network => _bytes.AsSpan(_start);

    private Span<byte> Payload => Network[_network.HeaderSize..];

    /// <summary>Packets for all rules of a ruleset: each is to take the rules that lead to it, too.</summary>
    public static List<MadePacket> For(Editing.RuleSet rules)
    {
        List<MadePacket> packets = [];
        foreach (Table table in rules.Tables)
        {
            Dictionary<Chain, (int Hook, Condition[] Way)> reached = [];
            List<Chain> chains = [];
            foreach (Chain chain in table.Chains)
            {
                if (chain.IsBuiltIn)
                {
                    reached[chain] = (chain.Hook, []);
                    chains.Add(chain);
                }
            }

            for (int i = 0; i < chains.Count; i++)
            {
                (int hook, Condition[] way) = reached[chains[i]];
                foreach (Rule rule in table.Rules(chains[i]))
                {
                    Condition[] conditions = [.. way, .. ConditionsIn(rule, rules.Extensions)];
                    packets.Add(new MadePacket(rules.Extensions.Family, hook, conditions));
                    if (rule.Target.IsStandardTarget && table.JumpTarget(rule.Target.Verdict) is { } next && reached.TryAdd(next, (hook, conditions)))
                    {
                        chains.Add(next);
                    }
                }
            }
        }

        return packets;
    }

    private static List<Condition> ConditionsIn(Rule rule, Extensions.Catalogue.ExtensionSet extensions)
    {
        List<Condition> conditions = [.. extensions.Head.Match.ConditionsIn(rule.Conditions, rule.Family, out _)];
        byte[] scratch = new byte[Extensions.Extension.LargestPayload];
        foreach (ExtensionRecord record in rule)
        {
            if (extensions.Find(record, isTarget: false, scratch, out ReadOnlySpan<byte> payload) is { } match)
            {
                conditions.AddRange(match.ConditionsIn(payload, rule.Family, out _));
            }
        }

        return conditions;
    }

    private Span<byte> At(Field address) => Network.Slice(((PayloadField)address.In(_network)).Offset, _network.AddressSize);

    private static string NameFrom(Condition condition, string otherwise)
    {
        Span<byte> bytes = stackalloc byte[16], preferred = stackalloc byte[16];
        preferred.Clear();
        Encoding.ASCII.GetBytes(otherwise, preferred);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Meaning.Example(condition, BinaryPrimitives.ReadUInt128BigEndian(preferred)) ?? 0);
        ReadOnlySpan<byte> name = bytes.TrimEnd((byte)0);
        return name.Length < bytes.Length && NftWords.IsName(name) ? Encoding.ASCII.GetString(name) : otherwise;
    }

    /// <summary>An ordinary packet: a request for a connection, an echo request, or what else begins a protocol.</summary>
    private void Begin()
    {
        if (!IsIP)
        {
            ((ReadOnlySpan<byte>)[0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 198, 19, Hash(In), 2, 0, 0, 0, 0, 0, 0, 198, 51, Hash(Out), 1]).CopyTo(Network);
            return;
        }

        if (!IsIPv6)
        {
            ((ReadOnlySpan<byte>)[0x45, 0, (byte)(Length >> 8), (byte)Length, 0x12, 0x34, 0, 0, 64, Protocol, 0, 0, 198, 19, Hash(In), 2]).CopyTo(Network);
            ((ReadOnlySpan<byte>)(Out == "lo" ? [127, 0, 0, 1] : [198, 51, Hash(Out), 1])).CopyTo(Network[16..]);
        }
        else
        {
            int payload = Length - _network.HeaderSize;
            ((ReadOnlySpan<byte>)[0x60, 0, 0, 0, (byte)(payload >> 8), (byte)payload, Protocol, 64, 0x20, 1, 0xd, 0xb8, 0, 1, 0, Hash(In)]).CopyTo(Network);
            ((ReadOnlySpan<byte>)[0x20, 1, 0xd, 0xb8, 0, 2, 0, Hash(Out)]).CopyTo(Network[24..]);
            Network.Slice(24, Out == "lo" ? 16 : 0).Clear();
            (Network[23], Network[39]) = (1, 1);
        }

        ReadOnlySpan<byte> start = Protocol switch
        {
            Kernel.Protocol.Tcp => [0x9c, 0x40, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, TcpSegment.Syn, 0xff, 0xff],
            Kernel.Protocol.Icmp => [8],
            Kernel.Protocol.Icmp6 => [128],
            Kernel.Protocol.Dccp => [0x9c, 0x40, 0, 9, 5, 0, 0, 0, 1],
            Kernel.Protocol.Sctp => [0x9c, 0x40, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0xff, 0xff, 0, 1, 0, 1],
            _ => [0x9c, 0x40, 0, 9, (byte)((Length - _network.HeaderSize) >> 8), (byte)(Length - _network.HeaderSize)],
        };
        start.CopyTo(Payload);

        static byte Hash(string name)
        {
            int hash = 0;
            foreach (char c in name)
            {
                hash = (hash * 31) + c;
            }

            return (byte)hash;
        }
    }

    private void Set(Condition condition)
    {
        switch (condition.Field)
        {
            case TcpOptionField when !condition.IsInverted && Payload.Length >= 28 && Meaning.Example(condition, 1) is { } kind:
                Payload[12] = 7 << 4; // words of the header
                ((ReadOnlySpan<byte>)[(byte)kind, kind == 1 ? (byte)1 : (byte)4, 0, 0]).CopyTo(Payload[20..]);
                break;
            case JoinedField both when !condition.IsInverted && Meaning.Example(condition, 0) is { } pair:
                Set(new Condition(both.First, Values.Only(pair >> (both.Bits - both.First.Bits)), IsInverted: false));
                Set(new Condition(both.Second, Values.Only(pair & both.Second.Greatest), IsInverted: false));
                break;
            case EitherField either:
                Set(condition with { Field = either.Second });
                break;
            case PayloadField { Header: var header } field:
                Set(condition, header, field.Offset, field.Bits / 8, 0);
                break;
            case BitField { Header: var header } field:
                Set(condition, header, field.Offset, field.Bytes, field.Shift);
                break;
            case var field when IsIP && field == Field.Ip.CodePoint.In(_network):
                SetTrafficClass(condition, 2);
                break;
            case var field when IsIP && field == Field.Ip.Congestion.In(_network):
                SetTrafficClass(condition, 0);
                break;
        }
    }

    private void SetTrafficClass(Condition condition, int shift) => Set(
        condition, Header.Raw(HeaderBase.Network), IsIPv6 ? 0 : 1, IsIPv6 ? 2 : 1, IsIPv6 ? shift + 4 : shift, shift == 0 ? 2 : 6);

    /// <summary>Gives bytes of a header a value that a condition takes.</summary>
    private void Set(Condition condition, Header header, int offset, int bytes, int shift, int? bits = null)
    {
        int place = header.Base switch { HeaderBase.Network => _start, HeaderBase.Transport => _start + _network.HeaderSize, _ => _start > 0 ? 0 : -1 };
        if (place < 0 || place + offset + bytes > _bytes.Length)
        {
            return;
        }

        Span<byte> whole = stackalloc byte[16], part = _bytes.AsSpan(place + offset, bytes);
        whole.Clear();
        part.CopyTo(whole[^bytes..]);
        UInt128 now = BinaryPrimitives.ReadUInt128BigEndian(whole), mask = bits is { } own ? ((UInt128)1 << own) - 1 : condition.Field.Greatest;
        if (Meaning.Example(condition, (now >> shift) & mask) is { } value)
        {
            BinaryPrimitives.WriteUInt128BigEndian(whole, (now & ~(mask << shift)) | ((value & mask) << shift));
            whole[^bytes..].CopyTo(part);
        }
    }

    /// <summary>Writes the checksums, without which connection tracking takes a packet for invalid.</summary>
    private void Sum()
    {
        if (!IsIPv6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Network[10..], TcpSegment.SumOf(0, Network[.._network.HeaderSize]));
        }

        int place = Protocol switch { Kernel.Protocol.Tcp => 16, Kernel.Protocol.Udp => 6, Kernel.Protocol.Icmp or Kernel.Protocol.Icmp6 => 2, _ => -1 };
        if (place >= 0 && place + 2 <= Payload.Length)
        {
            byte[] counted = Protocol is Kernel.Protocol.Icmp ? Payload.ToArray() : [.. Source, .. Destination, .. Payload];
            uint first = Protocol is Kernel.Protocol.Icmp ? 0 : Protocol + (uint)Payload.Length;
            BinaryPrimitives.WriteUInt16BigEndian(Payload[place..], TcpSegment.SumOf(first, counted));
        }
    }
}
