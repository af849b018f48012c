using System;
using System.Buffers.Binary;
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
/// Reads rules that consist of what iptables of any version writes itself, which nearly all do, without making an object. What is
/// anything else it leaves to <see cref="RuleReader"/>: it takes no rule that it does not understand to the last bit.
/// </summary>
/// <param name="table">The table of the rules.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="rule">Where the rule is put together.</param>
internal sealed class NativeForms(Table table, ExtensionSet extensions, RuleBytes rule)
{
    private const uint Register = NfTables.Register; // the only one that is used for values
    private const uint Network = NfTables.Payload.NetworkHeader;
    private const uint Transport = NfTables.Payload.TransportHeader;
    private const uint Equal = 0; // NFT_CMP_EQ, NFT_RANGE_EQ
    private const uint NotEqual = 1;
    private const int FragmentsAt = 6, FragmentOffset = 0x1fff;
    private const int TcpFlagsOffset = 13;
    private const int AllTcpFlags = 0x3f; // that have names
    private const byte SourcePort = 1, DestinationPort = 2, OtherFlags = 4; // what is inverted in TcpInfo and UdpInfo

    private static ReadOnlySpan<byte> NoInterface => "INVAL/D\0"u8; // what `! -i +` is written as: no interface has such a name

    private readonly int _addressSize = table.Layout.Family.AddressSize;
    private readonly int _sourceOffset = ((PayloadField)Field.Ip.Source.In(table.Layout.Family)).Offset;
    private readonly int _destinationOffset = ((PayloadField)Field.Ip.Destination.In(table.Layout.Family)).Offset;
    private readonly int _protocolOffset = Field.Ip.Protocol.In(table.Layout.Family) is PayloadField protocol ? protocol.Offset : -1;
    private readonly bool _hasFragments = Array.Exists(extensions.Head.Match.Options, static option => option.Of == Field.Ip.Fragment);
    private readonly byte[] _mask = new byte[16];
    private Extension? _tcp;
    private Extension? _udp;
    private Loaded _loaded;
    private int _length;
    private bool _isMasked;
    private Inversions _said; // what the head says already
    private byte _saidPorts; // what the last match, that of the protocol, says already
    private int _portsAt; // where its payload is; 0 when the last match is another
    private bool _hasCounter;
    private bool _isEnded;
    private bool _hasMatch;

    /// <summary>Reads a rule; false when there is something in it that is not one of these forms.</summary>
    public bool TryRead(ReadOnlySpan<byte> expressions)
    {
        rule.Begin();
        _loaded = Loaded.Nothing;
        _said = 0;
        _portsAt = 0;
        _isMasked = _hasCounter = _isEnded = _hasMatch = false;
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            ExpressionAttributes attributes = new(each.Data);
            bool isKnown = !_isEnded && each.Kind switch
            {
                ExpressionKind.Payload => TryLoadPayload(attributes),
                ExpressionKind.Meta => TryLoadMeta(attributes),
                ExpressionKind.Bitwise => TryMask(attributes),
                ExpressionKind.Compare => TryCompare(attributes),
                ExpressionKind.Range => TryRange(attributes),
                ExpressionKind.Match => TryMatch(attributes),
                ExpressionKind.Counter => TryCount(attributes),
                ExpressionKind.Target => TryTarget(attributes),
                ExpressionKind.Immediate => TryVerdict(attributes),
                _ => false,
            };
            if (!isKnown)
            {
                return false;
            }
        }

        return IsNothingLoaded && (_isEnded || TryEnd(Verdict.Continue));
    }

    /// <summary>iptables 1.8.9 loads the name of an interface for <c>-i +</c> and compares it with nothing.</summary>
    private bool IsNothingLoaded => _loaded is Loaded.Nothing or Loaded.InInterface or Loaded.OutInterface;

    private bool TryLoadPayload(in ExpressionAttributes payload)
    {
        const uint Attributes = (1 << NfTables.Payload.Destination) | (1 << NfTables.Payload.Base) | (1 << NfTables.Payload.Offset)
            | (1 << NfTables.Payload.Length);
        if (!payload.HasOnly(Attributes) || payload.Number(NfTables.Payload.Destination) != Register)
        {
            return false;
        }

        uint offset = payload.Number(NfTables.Payload.Offset), length = payload.Number(NfTables.Payload.Length);
        return Load(
            (payload.Number(NfTables.Payload.Base), length) switch
            {
                (Network, _) when offset == _sourceOffset && length <= _addressSize && length > 0 => Loaded.Source,
                (Network, _) when offset == _destinationOffset && length <= _addressSize && length > 0 => Loaded.Destination,
                (Network, 1) when offset == _protocolOffset => Loaded.Protocol,
                (Network, 2) when offset == FragmentsAt && _hasFragments => Loaded.Fragment,
                (Transport, 2) when offset == 0 => Loaded.SourcePort,
                (Transport, 2) when offset == 2 => Loaded.DestinationPort,
                (Transport, 4) when offset == 0 => Loaded.BothPorts,
                (Transport, 1) when offset == TcpFlagsOffset => Loaded.TcpFlags,
                _ => Loaded.Nothing,
            },
            (int)length);
    }

    private bool TryLoadMeta(in ExpressionAttributes meta)
    {
        if (!meta.HasOnly((1 << NfTables.Meta.Destination) | (1 << NfTables.Meta.Key)) || meta.Number(NfTables.Meta.Destination) != Register)
        {
            return false;
        }

        return meta.Number(NfTables.Meta.Key) switch
        {
            (uint)MetaKey.Iifname => Load(Loaded.InInterface, InterfaceName.Size),
            (uint)MetaKey.Oifname => Load(Loaded.OutInterface, InterfaceName.Size),
            (uint)MetaKey.L4proto => Load(Loaded.Protocol, 1),
            (uint)MetaKey.Mark => Load(Loaded.Mark, 4),
            _ => false,
        };
    }

    private bool Load(Loaded loaded, int length)
    {
        bool isAlone = IsNothingLoaded;
        (_loaded, _length, _isMasked) = (loaded, length, false);
        return isAlone && loaded is not Loaded.Nothing;
    }

    private bool TryMask(in ExpressionAttributes bitwise)
    {
        const uint Attributes = (1 << NfTables.Bitwise.Source) | (1 << NfTables.Bitwise.Destination) | (1 << NfTables.Bitwise.Length)
            | (1 << NfTables.Bitwise.Mask) | (1 << NfTables.Bitwise.Xor) | (1 << NfTables.Bitwise.Operation);
        ReadOnlySpan<byte> mask = bitwise.Value(NfTables.Bitwise.Mask), xor = bitwise.Value(NfTables.Bitwise.Xor);
        if (_isMasked || !bitwise.HasOnly(Attributes) || bitwise.Number(NfTables.Bitwise.Operation) != 0 || mask.Length != _length || xor.Length != _length
            || bitwise.Number(NfTables.Bitwise.Source) != Register || bitwise.Number(NfTables.Bitwise.Destination) != Register
            || bitwise.Number(NfTables.Bitwise.Length) != _length || xor.ContainsAnyExcept((byte)0))
        {
            return false;
        }

        mask.CopyTo(_mask);
        return _isMasked = true;
    }

    private bool TryCompare(in ExpressionAttributes compare)
    {
        const uint Attributes = (1 << NfTables.Compare.Source) | (1 << NfTables.Compare.Operation) | (1 << NfTables.Compare.Data);
        uint operation = compare.Number(NfTables.Compare.Operation);
        if (!compare.HasOnly(Attributes) || operation > NotEqual || compare.Number(NfTables.Compare.Source) != Register)
        {
            return false;
        }

        bool isInverted = operation == NotEqual;
        ReadOnlySpan<byte> value = compare.Value(NfTables.Compare.Data);
        Loaded loaded = _loaded;
        _loaded = Loaded.Nothing;
        return loaded switch
        {
            Loaded.InInterface => SetInterface(4 * _addressSize, Inversions.InInterface, value, isInverted),
            Loaded.OutInterface => SetInterface((4 * _addressSize) + InterfaceName.Size, Inversions.OutInterface, value, isInverted),
            _ when value.Length != _length => false,
            Loaded.Source => SetAddress(0, Inversions.Source, value, isInverted),
            Loaded.Destination => SetAddress(_addressSize, Inversions.Destination, value, isInverted),
            Loaded.Protocol => SetProtocol(value[0], isInverted),
            Loaded.Fragment => SetFragment(value, isInverted),
            Loaded.Mark => SetMark(value, isInverted),
            Loaded.SourcePort => SetPorts(SourcePort, Port(value), Port(value), isInverted),
            Loaded.DestinationPort => SetPorts(DestinationPort, Port(value), Port(value), isInverted),
            Loaded.BothPorts => !isInverted && SetPorts(SourcePort, Port(value), Port(value), isInverted)
                && SetPorts(DestinationPort, Port(value[2..]), Port(value[2..]), isInverted),
            Loaded.TcpFlags => SetTcpFlags(value[0], isInverted),
            _ => false,
        };
    }

    private bool TryRange(in ExpressionAttributes range)
    {
        const uint Attributes = (1 << NfTables.Range.Source) | (1 << NfTables.Range.Operation) | (1 << NfTables.Range.From) | (1 << NfTables.Range.To);
        ReadOnlySpan<byte> from = range.Value(NfTables.Range.From), to = range.Value(NfTables.Range.To);
        uint operation = range.Number(NfTables.Range.Operation);
        if (!range.HasOnly(Attributes) || operation > NotEqual || range.Number(NfTables.Range.Source) != Register || from.Length != 2 || to.Length != 2)
        {
            return false;
        }

        Loaded loaded = _loaded;
        _loaded = Loaded.Nothing;
        return loaded switch
        {
            Loaded.SourcePort => SetPorts(SourcePort, Port(from), Port(to), operation == NotEqual),
            Loaded.DestinationPort => SetPorts(DestinationPort, Port(from), Port(to), operation == NotEqual),
            _ => false,
        };
    }

    private static ushort Port(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

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
            rule.Head[table.Layout.Inversions] |= (byte)what;
        }

        return true;
    }

    private bool SetAddress(int offset, Inversions what, ReadOnlySpan<byte> value, bool isInverted)
    {
        if (!MaySay(what, isInverted))
        {
            return false;
        }

        Span<byte> address = rule.Head.Slice(offset, _addressSize), mask = rule.Head.Slice(offset + (2 * _addressSize), value.Length);
        value.CopyTo(address);
        if (!_isMasked)
        {
            mask.Fill(0xff);
            return true;
        }

        _mask.AsSpan(0, value.Length).CopyTo(mask);
        for (int i = 0; i < value.Length; i++)
        {
            if ((value[i] & ~mask[i]) != 0)
            {
                return false; // no packet has such an address
            }
        }

        return isInverted || mask.ContainsAnyExcept((byte)0);
    }

    private bool SetInterface(int offset, Inversions what, ReadOnlySpan<byte> value, bool isInverted)
    {
        Span<byte> name = rule.Head.Slice(offset, InterfaceName.Size), mask = rule.Head.Slice(offset + (2 * InterfaceName.Size), InterfaceName.Size);
        int end = value.IndexOf((byte)0);
        bool isNone = !isInverted && value.SequenceEqual(NoInterface);
        if (_isMasked || value.IsEmpty || !MaySay(what, isInverted || isNone))
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

    private bool SetProtocol(byte protocol, bool isInverted)
    {
        if (_isMasked || protocol == 0 || !MaySay(Inversions.Protocol, isInverted))
        {
            return false;
        }

        rule.Head[table.Layout.Protocol] = protocol;
        rule.Head[table.Layout.Flags] |= (byte)table.Layout.ProtocolFlag;
        return true;
    }

    /// <summary><c>-f</c>: not equal to zero.</summary>
    private bool SetFragment(ReadOnlySpan<byte> value, bool isUnequal)
    {
        rule.Head[table.Layout.Flags] |= (byte)RuleFlags.FragmentOrProtocol;
        return _isMasked && BinaryPrimitives.ReadUInt16BigEndian(_mask) == FragmentOffset && !value.ContainsAnyExcept((byte)0)
            && MaySay(Inversions.Fragment, !isUnequal);
    }

    private bool SetMark(ReadOnlySpan<byte> value, bool isInverted)
    {
        ref MarkInfo info = ref Match<MarkInfo>.As(Add(Find("mark"u8)));
        info.Mark.Mark = MemoryMarshal.Read<uint>(value);
        info.Mark.Mask = _isMasked ? MemoryMarshal.Read<uint>(_mask) : uint.MaxValue;
        info.Invert = isInverted ? (byte)1 : (byte)0;
        return true;
    }

    private bool SetPorts(byte which, ushort first, ushort last, bool isInverted)
    {
        if (_isMasked || (first > last && Protocol == Kernel.Protocol.Tcp)) // -m udp takes such a range, in which no port is
        {
            return false;
        }

        Interval<ushort> ports = new(first, last);
        switch (Protocol)
        {
            case Kernel.Protocol.Tcp:
                ref TcpInfo tcp = ref Match<TcpInfo>.As(PortsMatch(_tcp ??= Find("tcp"u8), which));
                (which == SourcePort ? ref tcp.Sources : ref tcp.Destinations) = ports;
                tcp.Inversions |= isInverted ? which : (byte)0;
                return true;
            case Kernel.Protocol.Udp:
                ref UdpInfo udp = ref Match<UdpInfo>.As(PortsMatch(_udp ??= Find("udp"u8), which));
                (which == SourcePort ? ref udp.Sources : ref udp.Destinations) = ports;
                udp.Inversions |= isInverted ? which : (byte)0;
                return true;
            default:
                return false;
        }
    }

    private bool SetTcpFlags(byte value, bool isInverted)
    {
        if (!_isMasked || _mask[0] == 0 || ((_mask[0] | value) & ~AllTcpFlags) != 0 || Protocol != Kernel.Protocol.Tcp)
        {
            return false;
        }

        ref TcpInfo tcp = ref Match<TcpInfo>.As(PortsMatch(_tcp ??= Find("tcp"u8), OtherFlags));
        tcp.Flags = new TcpFlags { Mask = _mask[0], Set = value };
        tcp.Inversions |= isInverted ? OtherFlags : (byte)0;
        return true;
    }

    /// <summary>The only protocol that the rule is about; 0 when there is none.</summary>
    private byte Protocol => (rule.Head[table.Layout.Inversions] & (byte)Inversions.Protocol) != 0 ? (byte)0 : rule.Head[table.Layout.Protocol];

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

    private bool TryMatch(in ExpressionAttributes match)
    {
        _hasMatch = true;
        _portsAt = 0;
        return IsNothingLoaded && TryAddRecord(match, rule);
    }

    private bool TryTarget(in ExpressionAttributes target)
    {
        rule.BeginTarget();
        _isEnded = true;
        return IsNothingLoaded && TryAddRecord(target, rule);
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

    private bool TryCount(in ExpressionAttributes counter) => !_hasCounter && (_hasCounter = TryCount(counter, rule, table.Layout));

    private bool TryVerdict(in ExpressionAttributes immediate)
    {
        if (!IsNothingLoaded || !immediate.HasOnly((1 << NfTables.Immediate.Destination) | (1 << NfTables.Immediate.Data))
            || immediate.Number(NfTables.Immediate.Destination) != NfTables.VerdictRegister)
        {
            return false;
        }

        return OtherForms.VerdictIn(immediate, table, rule) is { } verdict && TryEnd(verdict);
    }

    private bool TryEnd(int verdict)
    {
        rule.BeginTarget();
        Span<byte> target = rule.Add(RuleLayout.StandardTargetSize);
        _ = ExtensionRecord.WriteHead(target, [], revision: 0, payloadSize: 4);
        new ExtensionRecord(target).Verdict = verdict;
        return _isEnded = true;
    }

    /// <summary>What is in the register.</summary>
    private enum Loaded
    {
        Nothing,
        Source,
        Destination,
        Protocol,
        Fragment,
        InInterface,
        OutInterface,
        Mark,
        SourcePort,
        DestinationPort,
        BothPorts,
        TcpFlags,
    }
}
