using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
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
    private const int FragmentsAt = 6;
    private const int TcpFlagsOffset = 13;

    private readonly NativeRule _rule = new(table.Layout, extensions, rule);
    private readonly int _addressSize = table.Layout.Family.AddressSize;
    private readonly int _sourceOffset = ((PayloadField)Field.Ip.Source.In(table.Layout.Family)).Offset;
    private readonly int _destinationOffset = ((PayloadField)Field.Ip.Destination.In(table.Layout.Family)).Offset;
    private readonly int _protocolOffset = Field.Ip.Protocol.In(table.Layout.Family) is PayloadField protocol ? protocol.Offset : -1;
    private readonly bool _hasFragments = Array.Exists(extensions.Head.Match.Options, static option => option.Of == Field.Ip.Fragment);
    private readonly byte[] _mask = new byte[16];
    private Loaded _loaded;
    private int _length;
    private bool _isMasked;

    /// <summary>The values of the rule that was read.</summary>
    public List<KnownValue> Values => _rule.Values;

    /// <summary>Reads a rule; false when there is something in it that is not one of these forms.</summary>
    public bool TryRead(ReadOnlySpan<byte> expressions)
    {
        _rule.Begin();
        _loaded = Loaded.Nothing;
        _isMasked = false;
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            ExpressionAttributes attributes = new(each.Data) { Rule = expressions };
            bool isKnown = !_rule.IsEnded && each.Kind switch
            {
                ExpressionKind.Payload => TryLoadPayload(attributes),
                ExpressionKind.Meta => TryLoadMeta(attributes),
                ExpressionKind.Bitwise => TryMask(attributes),
                ExpressionKind.Compare => TryCompare(attributes),
                ExpressionKind.Range => TryRange(attributes),
                ExpressionKind.Match => IsNothingLoaded && _rule.AddRecord(attributes, isTarget: false),
                ExpressionKind.Counter => _rule.AddCounter(attributes),
                ExpressionKind.Target => IsNothingLoaded && _rule.AddRecord(attributes, isTarget: true),
                ExpressionKind.Immediate => IsNothingLoaded && TryVerdict(attributes),
                _ => false,
            };
            if (!isKnown)
            {
                return false;
            }
        }

        return IsNothingLoaded && (_rule.IsEnded || _rule.End(Verdict.Continue));
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
        ReadOnlySpan<byte> bits = _isMasked ? _mask.AsSpan(0, _length) : default;
        int at = compare.PlaceOf(value);
        return loaded switch
        {
            Loaded.InInterface => !_isMasked && _rule.SetInterface(isIn: true, value, isInverted),
            Loaded.OutInterface => !_isMasked && _rule.SetInterface(isIn: false, value, isInverted),
            _ when value.Length != _length => false,
            Loaded.Source => _rule.SetAddress(isSource: true, value, bits, isInverted, at),
            Loaded.Destination => _rule.SetAddress(isSource: false, value, bits, isInverted, at),
            Loaded.Protocol => !_isMasked && _rule.SetProtocol(value[0], isInverted),
            Loaded.Fragment => _rule.SetFragment(value, bits, isInverted),
            Loaded.Mark => _rule.SetMark(value, bits, isInverted),
            Loaded.SourcePort => !_isMasked && _rule.SetPort(isSource: true, value, isInverted, at),
            Loaded.DestinationPort => !_isMasked && _rule.SetPort(isSource: false, value, isInverted, at),
            Loaded.BothPorts => !_isMasked && !isInverted && _rule.SetPort(isSource: true, value, isInverted, at)
                && _rule.SetPort(isSource: false, value[sizeof(ushort)..], isInverted, at + sizeof(ushort)),
            Loaded.TcpFlags => _rule.SetTcpFlags(value[0], bits, isInverted),
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
        return !_isMasked && loaded is Loaded.SourcePort or Loaded.DestinationPort && _rule.SetPorts(
            loaded is Loaded.SourcePort,
            new Interval<ushort>(BinaryPrimitives.ReadUInt16BigEndian(from), BinaryPrimitives.ReadUInt16BigEndian(to)),
            operation == NotEqual);
    }

    private bool TryVerdict(in ExpressionAttributes immediate)
    {
        if (!immediate.HasOnly((1 << NfTables.Immediate.Destination) | (1 << NfTables.Immediate.Data))
            || immediate.Number(NfTables.Immediate.Destination) != NfTables.VerdictRegister
            || OtherForms.VerdictIn(immediate, table, rule, out ReadOnlySpan<byte> chain) is not { } verdict)
        {
            return false;
        }

        return _rule.End(verdict, (immediate.PlaceOf(chain), chain.Length));
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
