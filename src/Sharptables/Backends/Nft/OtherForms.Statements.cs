using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>What a rule does: counts, limits, logs, sets, verdicts.</summary>
internal sealed partial class OtherForms
{
    private bool Count(in ExpressionAttributes counter) => !_hasCounter && (_hasCounter = NativeRule.TryCount(counter, rule, table.Layout));

    private bool Limit(in ExpressionAttributes limit)
    {
        bool isKnown = limit.HasOnly(Bits(NfTables.Limit.Rate, NfTables.Limit.Unit, NfTables.Limit.Burst, NfTables.Limit.Type, NfTables.Limit.Flags))
            && limit.Number(NfTables.Limit.Type) == 0 && limit.Number(NfTables.Limit.Flags) == 0;
        return isKnown && _composer.Flush() && AddMatch(new Statement.Limit(
            limit.LongNumber(NfTables.Limit.Rate), limit.LongNumber(NfTables.Limit.Unit), limit.Number(NfTables.Limit.Burst)));
    }

    private bool Log(in ExpressionAttributes log)
    {
        bool isKnown;
        Statement statement;
        if (log.Has(NfTables.Log.Group))
        {
            isKnown = log.HasOnly(Bits(NfTables.Log.Group, NfTables.Log.Prefix, NfTables.Log.SnapLength, NfTables.Log.QueueThreshold));
            statement = new Statement.Log(
                log.ShortNumber(NfTables.Log.Group),
                log.Text(NfTables.Log.Prefix).ToArray(),
                log.Has(NfTables.Log.SnapLength) ? log.Number(NfTables.Log.SnapLength) : null,
                log.ShortNumber(NfTables.Log.QueueThreshold));
        }
        else
        {
            isKnown = log.HasOnly(Bits(NfTables.Log.Prefix, NfTables.Log.Level, NfTables.Log.Flags));
            statement = new Statement.KernelLog(log.Text(NfTables.Log.Prefix).ToArray(), log.Number(NfTables.Log.Level), log.Number(NfTables.Log.Flags));
        }

        bool isWatcher = !_hasCounter && _action is null && Take(statement, isTarget: false) is not null;
        return isKnown && (isWatcher ? _composer.Flush() && AddMatch(statement) : EndWith(statement));
    }

    private bool SetMeta(in ExpressionAttributes meta, ReadOnlySpan<byte> data)
    {
        if (!meta.HasOnly(Bits(NfTables.Meta.Source, NfTables.Meta.Key)))
        {
            return false;
        }

        MetaKey key = (MetaKey)meta.Number(NfTables.Meta.Key);
        if (key is MetaKey.Nftrace or MetaKey.Broute)
        {
            return _registers.Take(meta.Number(NfTables.Meta.Source), length: 1) is { Value: [var value] }
                && (key is MetaKey.Broute ? _isRouted = table.RoutesDropped && value == 1 : EndWith(new Statement.Set(key, value)));
        }

        return Terms.OfMeta(data) is { } term && Set(term, meta.Number(NfTables.Meta.Source));
    }

    private bool Set(Term to, uint register)
    {
        if (_registers.Take(register, to.Length) is not { } load || to.Length > sizeof(ulong))
        {
            return false;
        }

        ulong all = ulong.MaxValue >> (64 - to.Bits);
        if (load.Value is { } value)
        {
            return value.Length == to.Length
                && EndWith(new Statement.Change(to.Text, "", Kept: 0, (ulong)NftValues.Number(value, to.IsNetworkOrder)));
        }

        if (load is not { Term: { Named: { Change: null, Shift: 0 } from } } || (from.IsNetworkOrder ^ load.IsSwapped) != to.IsNetworkOrder || from.Bits != to.Bits)
        {
            return false;
        }

        ulong kept = load.Mask is { } mask ? (ulong)NftValues.Number(mask, to.IsNetworkOrder) : all;
        return EndWith(new Statement.Change(to.Text, from.Text, kept, load.Xor is { } xor ? (ulong)NftValues.Number(xor, to.IsNetworkOrder) : 0));
    }

    private bool SetConnection(in ExpressionAttributes connection, ReadOnlySpan<byte> data) =>
        connection.HasOnly(Bits(NfTables.Ct.Source, NfTables.Ct.Key))
        && Words.OfConnection(data) is { } term && Set(term, connection.Number(NfTables.Ct.Source));

    /// <summary>Sets part of an option of TCP, such as the segment size.</summary>
    private bool SetOption(in ExpressionAttributes option, ReadOnlySpan<byte> data)
    {
        MeanProtocol(Protocol.Tcp);
        return option.HasOnly(Bits(
                NfTables.ExtensionHeader.Source, NfTables.ExtensionHeader.Type, NfTables.ExtensionHeader.Offset, NfTables.ExtensionHeader.Length,
                NfTables.ExtensionHeader.Flags,
                NfTables.ExtensionHeader.Operation))
            && Words.OfExtensionHeader(data) is { } term && Set(term.Named, option.Number(NfTables.ExtensionHeader.Source));
    }

    private bool SetPayload(in ExpressionAttributes payload, ReadOnlySpan<byte> data)
    {
        if (Words.OfPayload(data) is not { Place: var (_, offset) } place || place.Bits > 64)
        {
            return false;
        }

        uint register = payload.Number(NfTables.Payload.Source);
        ulong all = ulong.MaxValue >> (64 - place.Bits);
        if (_registers.Take(register, place.Length) is { Term.Place: var (_, from), Mask: { } mask } load && from == offset && load.Length == place.Length)
        {
            ulong rest = (ulong)NftValues.Number(mask, isNetworkOrder: true), value = load.Xor is { } xor ? (ulong)NftValues.Number(xor, isNetworkOrder: true) : 0;
            Term part = (place with { Change = (all & ~rest, 0) }).Named;
            return part is { Change: null } && (value & rest) == 0 && EndWith(new Statement.Change(part.Text, "", Kept: 0, value >> part.Shift));
        }

        return Set(place.Named, register);
    }

    /// <summary>Reads what a target does, or more of it.</summary>
    private bool EndWith(Statement statement)
    {
        if (_action is var (target, payload))
        {
            return target.EndsRule && target.TryTake(statement, payload);
        }

        return _composer.Flush() && !_isRouted && (_action = Take(statement, isTarget: true)) is not null;
    }

    private bool EndWith(int verdict)
    {
        if (_action is not var (target, payload))
        {
            return End(verdict);
        }

        if (!target.IsWatcher)
        {
            return EndWith(new Statement.End(verdict));
        }

        return extensions.Find(target.NameBytes, isTarget: false) is { } watcher && _composer.Add(watcher, payload) && EndMatches() && End(verdict);
    }

    /// <summary>Reads what nf_tables does by itself with the packet or its connection.</summary>
    private bool ReadAction(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        switch (Encoding.ASCII.GetString(name))
        {
            case "masq":
                return Translate(AddressTranslation.Masquerade, data, 0, 0, NfTables.Masquerade.FirstPort, NfTables.Masquerade.LastPort, NfTables.Masquerade.Flags);
            case "redir":
                return Translate(AddressTranslation.Redirect, data, 0, 0, NfTables.Redirect.FirstPort, NfTables.Redirect.LastPort, NfTables.Redirect.Flags);
            case "nat" when NetlinkAttributes.FindNumber(data, NfTables.Nat.Family) == _family.Number:
                AddressTranslation kind = NetlinkAttributes.FindNumber(data, NfTables.Nat.Type) == 0 ? AddressTranslation.Snat : AddressTranslation.Dnat;
                return Translate(
                    kind, data, NfTables.Nat.FirstAddress, NfTables.Nat.LastAddress, NfTables.Nat.FirstPort, NfTables.Nat.LastPort, NfTables.Nat.Flags);
            case "reject":
                return ReadReject(NetlinkAttributes.FindNumber(data, NfTables.Reject.Type), NetlinkAttributes.FindNumber(data, NfTables.Reject.Code));
            case "notrack":
                return EndWith(new Statement.NoTrack());
            case "dup":
                byte[]? gateway = ValueIn(data, NfTables.Duplicate.Address, _family.AddressSize), device = ValueIn(data, NfTables.Duplicate.Device, sizeof(uint));
                return gateway is not null && (device is not null || NetlinkAttributes.Find(data, NfTables.Duplicate.Device).IsEmpty)
                    && (device is null ? [] : NetworkInterface.NameOf(MemoryMarshal.Read<uint>(device))) is var its && (device is null || its.Length > 0)
                    && EndWith(new Statement.Duplicate(gateway, its));
            case "synproxy":
                return EndWith(
                    new Statement.SynProxy(
                        (ushort)NetlinkAttributes.FindNumber(data, NfTables.SynProxy.SegmentSize),
                        (byte)NetlinkAttributes.FindNumber(data, NfTables.SynProxy.WindowScale),
                        NetlinkAttributes.FindNumber(data, NfTables.SynProxy.Flags)));
            case "quota":
                return _composer.Flush() && AddMatch(new Statement.Quota(
                    NetlinkAttributes.FindLongNumber(data, NfTables.Quota.Bytes), (NetlinkAttributes.FindNumber(data, NfTables.Quota.Flags) & 1) != 0));
            default:
                return false;
        }
    }

    /// <summary>Reads a rejection, which rules for both families have with a code that stands for one of each.</summary>
    private bool ReadReject(uint type, uint code)
    {
        const uint Unreachable = 0, TcpReset = 1, UnreachableOfEither = 2; // NFT_REJECT_*
        ReadOnlySpan<byte> codes = _family.HasColonsInAddresses ? [0, 4, 3, 1] : [0, 3, 1, 13]; // no route, port, host, prohibited: NFT_REJECT_ICMPX_*
        return type switch
        {
            Unreachable => EndWith(new Statement.Reject((byte)code)),
            TcpReset => EndWith(new Statement.Reject(null)),
            UnreachableOfEither when code < codes.Length => EndWith(new Statement.Reject(codes[(int)code])),
            _ => false,
        };
    }

    /// <summary>Reads a change of addresses or ports; an attribute of number 0 is none.</summary>
    private bool Translate(
        AddressTranslation kind, ReadOnlySpan<byte> data, ushort first, ushort last, ushort firstPort, ushort lastPort, ushort flagsAttribute)
    {
        const uint Said = INatRange.MapsAddresses | INatRange.MapsPorts; // by the registers
        uint flags = NetlinkAttributes.FindNumber(data, flagsAttribute) & ~Said;
        byte[]? from = ValueIn(data, first, _family.AddressSize), to = ValueIn(data, last, _family.AddressSize) ?? from;
        byte[]? fromPort = ValueIn(data, firstPort, sizeof(ushort)), toPort = ValueIn(data, lastPort, sizeof(ushort)) ?? fromPort;
        bool isKnown = IsThere(data, first) == from is not null && IsThere(data, firstPort) == fromPort is not null;
        return isKnown && EndWith(
            new Statement.Nat(
                kind,
                from ?? [],
                to ?? [],
                fromPort is null ? null : (BinaryPrimitives.ReadUInt16BigEndian(fromPort), BinaryPrimitives.ReadUInt16BigEndian(toPort)),
                flags));
    }

    private static bool IsThere(ReadOnlySpan<byte> data, ushort attribute) => attribute != 0 && !NetlinkAttributes.Find(data, attribute).IsEmpty;

    /// <summary>The rule's own value in a register that an attribute names; null if it is none of that size.</summary>
    private byte[]? ValueIn(ReadOnlySpan<byte> data, ushort attribute, int length) =>
        IsThere(data, attribute) && _registers.Take(NetlinkAttributes.FindNumber(data, attribute), length) is { Value: { } value } && value.Length == length ? value : null;

    private bool AddMatch(Statement statement)
    {
        _composer.HasMatch = true;
        return Take(statement, isTarget: false) is var (match, payload) && _composer.Add(match, payload);
    }

    /// <summary>The match or target that does what a statement does, or null.</summary>
    private (Extension Extension, byte[] Payload)? Take(Statement statement, bool isTarget)
    {
        foreach (Extension extension in _composer.All)
        {
            if (extension.IsTarget != isTarget || !_composer.IsOfProtocol(extension))
            {
                continue;
            }

            byte[] payload = new byte[extension.PayloadSize];
            extension.Begin(payload);
            if (extension.TryTake(statement, payload))
            {
                return (extension, payload);
            }
        }

        return null;
    }

    private bool AddRecord(in ExpressionAttributes extension, bool isTarget)
    {
        _composer.HasMatch |= !isTarget;
        return NativeRule.TryAddRecord(extension, rule);
    }

    private bool AddComment()
    {
        if (_comment.Length > 0)
        {
            if (extensions.Find("comment"u8, isTarget: false) is not { } comment)
            {
                return false; // the family has no rules with comments
            }

            Span<byte> payload = new byte[comment.PayloadSize];
            _comment.CopyTo(payload);
            _composer.Add(comment, payload);
        }

        return true;
    }

    /// <summary>All that precedes the target.</summary>
    private bool EndMatches()
    {
        bool isSaid = _composer.Flush() && AddComment();
        rule.BeginTarget();
        _isEnded = true;
        return isSaid;
    }

    private bool End(int verdict)
    {
        rule.AddVerdict(verdict);
        return true;
    }
}
