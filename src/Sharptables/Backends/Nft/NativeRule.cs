using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Matches;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Puts a rule together of what it asks of a packet, thing by thing. Each method gives false if the rule cannot say this as well, and keeps where a
/// value stands with which any other would do.
/// </summary>
/// <param name="layout">The family's layout.</param>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="rule">Where the rule is put together.</param>
internal sealed class NativeRule(RuleLayout layout, ExtensionSet extensions, RuleBytes rule)
{
    private const int AllTcpFlags = 0x3f; // that have names
    private const byte SourcePort = 1, DestinationPort = 2, OtherFlags = 4; // what is inverted in TcpInfo and UdpInfo

    private readonly int _addressSize = layout.Family.AddressSize;
    private readonly List<KnownValue> _values = [];
    private Extension? _tcp;
    private Extension? _udp;
    private Inversions _said; // what the head says already
    private byte _saidPorts; // what the last match, that of the protocol, says already
    private int _portsAt; // where its payload is; 0 when the last match is another
    private bool _hasCounter;
    private bool _hasMatch;

    private static ReadOnlySpan<byte> NoInterface => "INVAL/D\0"u8; // what `! -i +` is written as: no interface has such a name

    /// <summary>The values that were kept.</summary>
    public List<KnownValue> Values => _values;

    /// <summary>Whether the verdict or the target was set.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The only protocol that the rule is about; 0 when there is none.</summary>
    private byte Protocol => (rule.Head[layout.Inversions] & (byte)Inversions.Protocol) != 0 ? (byte)0 : rule.Head[layout.Protocol];

    /// <summary>Begins another rule.</summary>
    public void Begin()
    {
        rule.Begin();
        _values.Clear();
        _said = 0;
        _portsAt = 0;
        _hasCounter = _hasMatch = IsEnded = false;
    }

    /// <summary>The source, or else the destination.</summary>
    public bool SetAddress(bool isSource, ReadOnlySpan<byte> value, ReadOnlySpan<byte> bits, bool isInverted, int at)
    {
        if (!MaySay(isSource ? Inversions.Source : Inversions.Destination, isInverted))
        {
            return false;
        }

        int offset = isSource ? 0 : _addressSize;
        Span<byte> mask = rule.Head.Slice(offset + (2 * _addressSize), value.Length);
        value.CopyTo(rule.Head[offset..]);
        if (bits.IsEmpty)
        {
            mask.Fill(0xff);
            Keep(ValueForm.Bytes, offset, at, value.Length);
            return true;
        }

        bits.CopyTo(mask);
        for (int i = 0; i < value.Length; i++)
        {
            if ((value[i] & ~mask[i]) != 0)
            {
                return false; // no packet has such an address
            }
        }

        return isInverted || mask.ContainsAnyExcept((byte)0);
    }

    /// <summary>The interface by which a packet comes, or else goes.</summary>
    public bool SetInterface(bool isIn, ReadOnlySpan<byte> value, bool isInverted)
    {
        int offset = (4 * _addressSize) + (isIn ? 0 : InterfaceName.Size);
        Span<byte> name = rule.Head.Slice(offset, InterfaceName.Size), mask = rule.Head.Slice(offset + (2 * InterfaceName.Size), InterfaceName.Size);
        int end = value.IndexOf((byte)0);
        bool isNone = !isInverted && value.SequenceEqual(NoInterface);
        if (value.IsEmpty || !MaySay(isIn ? Inversions.InInterface : Inversions.OutInterface, isInverted || isNone))
        {
            return false;
        }

        if (isNone)
        {
            name[0] = (byte)'+';
            return true;
        }

        if (end >= 0)
        {
            value[..end].CopyTo(name);
            mask[..(end + 1)].Fill(0xff);
            return end > 0 && !value[end..].ContainsAnyExcept((byte)0);
        }

        if (value.Length > InterfaceName.Size - 2)
        {
            return false; // there is no room for "+" and a NUL
        }

        value.CopyTo(name);
        name[value.Length] = (byte)'+';
        mask[..value.Length].Fill(0xff);
        return true;
    }

    public bool SetProtocol(byte protocol, bool isInverted)
    {
        if (protocol == 0 || !MaySay(Inversions.Protocol, isInverted))
        {
            return false;
        }

        rule.Head[layout.Protocol] = protocol;
        rule.Head[layout.Flags] |= (byte)layout.ProtocolFlag;
        return true;
    }

    /// <summary><c>-f</c>: not equal to zero.</summary>
    public bool SetFragment(ReadOnlySpan<byte> value, ReadOnlySpan<byte> bits, bool isUnequal)
    {
        rule.Head[layout.Flags] |= (byte)RuleFlags.FragmentOrProtocol;
        return bits.Length == sizeof(ushort) && BinaryPrimitives.ReadUInt16BigEndian(bits) == Packet.FragmentOffsetMask && !value.ContainsAnyExcept((byte)0)
            && MaySay(Inversions.Fragment, !isUnequal);
    }

    public bool SetMark(ReadOnlySpan<byte> value, ReadOnlySpan<byte> bits, bool isInverted)
    {
        ref MarkInfo info = ref Match<MarkInfo>.As(Add(Find("mark"u8)));
        info.Mark.Mark = MemoryMarshal.Read<uint>(value);
        info.Mark.Mask = bits.IsEmpty ? uint.MaxValue : MemoryMarshal.Read<uint>(bits);
        info.Invert = isInverted ? (byte)1 : (byte)0;
        return true;
    }

    /// <summary>A port of the source, or else of the destination.</summary>
    public bool SetPort(bool isSource, ReadOnlySpan<byte> value, bool isInverted, int at)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(value);
        if (!SetPorts(isSource, new Interval<ushort>(port, port), isInverted))
        {
            return false;
        }

        Keep(ValueForm.Port, _portsAt + (isSource ? 0 : 2 * sizeof(ushort)), at, sizeof(ushort));
        return true;
    }

    /// <summary>The ports of the source, or else of the destination.</summary>
    public bool SetPorts(bool isSource, Interval<ushort> ports, bool isInverted)
    {
        byte which = isSource ? SourcePort : DestinationPort, inverted = isInverted ? which : (byte)0;
        switch (Protocol)
        {
            case Kernel.Protocol.Tcp when ports.First <= ports.Last:
                ref TcpInfo tcp = ref Match<TcpInfo>.As(PortsMatch(_tcp ??= Find("tcp"u8), which));
                (isSource ? ref tcp.Sources : ref tcp.Destinations) = ports;
                tcp.Inversions |= inverted;
                return true;
            case Kernel.Protocol.Udp: // takes a range in which no port is
                ref UdpInfo udp = ref Match<UdpInfo>.As(PortsMatch(_udp ??= Find("udp"u8), which));
                (isSource ? ref udp.Sources : ref udp.Destinations) = ports;
                udp.Inversions |= inverted;
                return true;
            default:
                return false;
        }
    }

    public bool SetTcpFlags(byte value, ReadOnlySpan<byte> bits, bool isInverted)
    {
        if (bits.IsEmpty || bits[0] == 0 || ((bits[0] | value) & ~AllTcpFlags) != 0 || Protocol != Kernel.Protocol.Tcp)
        {
            return false;
        }

        ref TcpInfo tcp = ref Match<TcpInfo>.As(PortsMatch(_tcp ??= Find("tcp"u8), OtherFlags));
        tcp.Flags = new TcpFlags { Mask = bits[0], Set = value };
        tcp.Inversions |= isInverted ? OtherFlags : (byte)0;
        return true;
    }

    /// <summary>A match or target of x_tables.</summary>
    public bool AddRecord(in ExpressionAttributes extension, bool isTarget)
    {
        _portsAt = 0;
        _hasMatch = true;
        IsEnded = isTarget;
        if (isTarget)
        {
            rule.BeginTarget();
        }

        int start = rule.Length;
        if (!TryAddRecord(extension, rule))
        {
            return false;
        }

        ReadOnlySpan<byte> payload = extension[NfTables.Extension.Info];
        Keep(ValueForm.Bytes, start + ExtensionRecord.HeadSize, extension.PlaceOf(payload), payload.Length);
        return true;
    }

    /// <summary>The counter.</summary>
    public bool AddCounter(in ExpressionAttributes counter)
    {
        if (_hasCounter || !TryCount(counter, rule, layout))
        {
            return false;
        }

        _hasCounter = true;
        Keep(ValueForm.Counter, layout.Counters, counter.PlaceOf(counter[NfTables.Counter.Packets]), counter[NfTables.Counter.Packets].Length);
        Keep(ValueForm.Counter, layout.Counters + sizeof(ulong), counter.PlaceOf(counter[NfTables.Counter.Bytes]), counter[NfTables.Counter.Bytes].Length);
        return true;
    }

    /// <summary>The verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="chain">The place and the length of the name of the chain that is jumped to, with its NUL.</param>
    public bool End(int verdict, (int At, int Length) chain = default)
    {
        rule.AddVerdict(verdict);
        Keep(ValueForm.Chain, rule.Length - RuleLayout.StandardTargetSize + ExtensionRecord.HeadSize, chain.At, chain.Length);
        return IsEnded = true;
    }

    /// <summary>Adds a match or target of x_tables; false if a rule cannot hold it.</summary>
    internal static bool TryAddRecord(in ExpressionAttributes extension, RuleBytes rule)
    {
        const uint Attributes = (1 << NfTables.Extension.Name) | (1 << NfTables.Extension.Revision) | (1 << NfTables.Extension.Info);
        ReadOnlySpan<byte> name = extension.Text(NfTables.Extension.Name), info = extension[NfTables.Extension.Info];
        uint revision = extension.Number(NfTables.Extension.Revision);
        if (!extension.HasOnly(Attributes) || name.Length is 0 or > ExtensionRecord.MaxName || revision > byte.MaxValue
            || name.SequenceEqual(ForeignRule.TargetName) || name.SequenceEqual("ERROR"u8)
            || rule.Length + ExtensionRecord.SizeFor(info.Length) > RuleReader.MaxRule)
        {
            return false;
        }

        Span<byte> record = rule.Add(ExtensionRecord.SizeFor(info.Length));
        _ = ExtensionRecord.WriteHead(record, name, (byte)revision, info.Length);
        info.CopyTo(record[ExtensionRecord.HeadSize..]);
        return true;
    }

    /// <summary>Takes over a counter; false if it is something else, too.</summary>
    internal static bool TryCount(in ExpressionAttributes counter, RuleBytes rule, RuleLayout layout)
    {
        if (!counter.HasOnly((1 << NfTables.Counter.Bytes) | (1 << NfTables.Counter.Packets)))
        {
            return false;
        }

        MemoryMarshal.Write(rule.Head[layout.Counters..], new XtCounters
        {
            Packets = counter.LongNumber(NfTables.Counter.Packets),
            Bytes = counter.LongNumber(NfTables.Counter.Bytes),
        });
        return true;
    }

    private void Keep(ValueForm form, int inRule, int at, int length)
    {
        if (length > 0)
        {
            _values.Add(new KnownValue(form, inRule, at, length));
        }
    }

    /// <summary>
    /// Whether the head can say one more thing: each once, and no match has been asked before, since a match may count those that it is asked about.
    /// </summary>
    private bool MaySay(Inversions what, bool isInverted)
    {
        if (_hasMatch || (_said & what) != 0)
        {
            return false;
        }

        _said |= what;
        if (isInverted)
        {
            rule.Head[layout.Inversions] |= (byte)what;
        }

        return true;
    }

    /// <summary>The last match, if it is that of the protocol and would say this behind what it says: flags, source, destination. Or a new one.</summary>
    private Span<byte> PortsMatch(Extension extension, byte which)
    {
        if (_portsAt == 0 || which == OtherFlags || which <= (_saidPorts & (SourcePort | DestinationPort)))
        {
            _ = Add(extension);
            _portsAt = rule.Length - ExtensionRecord.SizeFor(extension.PayloadSize) + ExtensionRecord.HeadSize;
            _saidPorts = 0;
        }

        _saidPorts |= which;
        return rule.From(_portsAt)[..extension.PayloadSize];
    }

    private Extension Find(ReadOnlySpan<byte> name) => extensions.Find(name, isTarget: false)!;

    /// <summary>Adds a match and gives its payload, as it is without options.</summary>
    private Span<byte> Add(Extension extension)
    {
        _portsAt = 0;
        Span<byte> record = rule.Add(ExtensionRecord.SizeFor(extension.PayloadSize));
        record.Clear();
        extension.RecordHead.CopyTo(record);
        Span<byte> payload = record.Slice(ExtensionRecord.HeadSize, extension.PayloadSize);
        extension.Begin(payload);
        return payload;
    }
}
