using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Reads rules of any program, as far as the declarations of head and matches say the same: expressions become comparisons, and those the options
/// that are conditions on the same fields. All that it makes of a rule is proved: the conditions of what was made must be those that were read.
/// </summary>
/// <param name="table">The table of the rules.</param>
/// <param name="extensions">The extensions of its family.</param>
/// <param name="rule">Where the rule is put together.</param>
/// <param name="sets">The elements of sets; null if there are none to be had.</param>
/// <param name="obeysUsage">Whether it says nothing that iptables would refuse in that table.</param>
internal sealed class OtherForms(Table table, ExtensionSet extensions, RuleBytes rule, SetSource? sets, bool obeysUsage = false)
{
    private const int WholeRegister = 16;
    private const uint LoopbackIndex = 1;
    private const uint EthernetDevice = 1; // ARPHRD_ETHER, linux/if_arp.h

    private readonly Family _family = table.Layout.Family;
    private readonly Registers _registers = new();
    private readonly PacketProtocols _protocols = new(table.Layout.Family.Number);
    private readonly List<Comparison> _comparisons = []; // not yet said
    private List<Condition> _headConditions = [];
    private List<Extension>? _all;
    private bool _hasMatch;
    private bool _hasCounter;
    private byte[] _comment = []; // that nft keeps beside the rule
    private bool _isEnded;
    private (Extension Target, byte[] Payload)? _action; // the target, which may have more to say
    private bool _isRouted; // what is accepted then goes to the machine itself

    private Terms Words => field ??= new Terms(_protocols);

    /// <summary>Reads a rule; false when x_tables cannot say it. Then the head has what it says of the rule.</summary>
    public bool TryRead(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData)
    {
        rule.Begin();
        _registers.Clear();
        _protocols.Clear();
        _comparisons.Clear();
        _headConditions.Clear();
        _hasMatch = _hasCounter = _isEnded = _isRouted = false;
        _action = null;
        _comment = RuleComment.Find(userData).ToArray();
        bool isKnown = true;
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            ExpressionAttributes attributes = new(each.Data);
            isKnown = each.Kind is ExpressionKind.Counter ? Count(attributes) && isKnown : isKnown && Read(each, attributes); // those of any rule are shown
        }

        return (isKnown & (_isEnded || Flush())) && _registers.AreAllUsed && (_isEnded
            || (_action is var (target, payload) ? EndMatches() && Add(target, payload) : !_isRouted && AddComment() && End(Verdict.Continue)));
    }

    private bool Read(in ExpressionList expression, in ExpressionAttributes attributes)
    {
        bool isAllowed = !_isEnded && (_action is null || expression.Kind
            is ExpressionKind.Immediate or ExpressionKind.Payload or ExpressionKind.Meta or ExpressionKind.Ct or ExpressionKind.Bitwise or ExpressionKind.Log);
        return isAllowed && expression.Kind switch
        {
            ExpressionKind.Payload when attributes.Has(NfTables.Payload.Source) => SetPayload(attributes, expression.Data),
            ExpressionKind.Payload => LoadPayload(attributes, expression.Data),
            ExpressionKind.Meta when attributes.Has(NfTables.Meta.Source) => SetMeta(attributes, expression.Data),
            ExpressionKind.Ct when attributes.Has(NfTables.Ct.Source) => SetConnection(attributes, expression.Data),
            ExpressionKind.Meta => LoadMeta(attributes, expression.Data),
            ExpressionKind.Ct => LoadConnection(attributes, expression.Data),
            ExpressionKind.ExtensionHeader => LoadTcpOption(attributes) || LoadWord(expression.Name, expression.Data),
            ExpressionKind.Immediate => ReadImmediate(attributes),
            ExpressionKind.Bitwise => Mask(attributes),
            ExpressionKind.ByteOrder => Swap(attributes),
            ExpressionKind.Compare => Compare(attributes),
            ExpressionKind.Range => CompareRange(attributes),
            ExpressionKind.Lookup => LookUp(attributes),
            ExpressionKind.Limit => Limit(attributes),
            ExpressionKind.Log => Log(attributes),
            ExpressionKind.Queue => IsFirstQueue(attributes) ? EndMatches() && End(Verdict.Queue) : SayQueue(attributes),
            ExpressionKind.Match => Flush() && AddRecord(attributes, isTarget: false),
            ExpressionKind.Target when !_hasCounter && IsWatcher(attributes) => Flush() && AddRecord(attributes, isTarget: false),
            ExpressionKind.Target => EndMatches() && AddRecord(attributes, isTarget: true),
            _ => LoadWord(expression.Name, expression.Data) || ReadAction(expression.Name, expression.Data),
        };
    }

    private bool IsWatcher(in ExpressionAttributes target) =>
        extensions.Find(target.Text(NfTables.Extension.Name), isTarget: false) is { IsWatcher: true };

    private static uint Bits(params ReadOnlySpan<ushort> types)
    {
        uint bits = 0;
        foreach (ushort type in types)
        {
            bits |= 1u << type;
        }

        return bits;
    }

    private bool LoadPayload(in ExpressionAttributes payload, ReadOnlySpan<byte> data)
    {
        uint offset = payload.Number(NfTables.Payload.Offset), length = payload.Number(NfTables.Payload.Length);
        uint header = payload.Number(NfTables.Payload.Base);
        return header <= NfTables.Payload.TransportHeader && length <= WholeRegister
            && payload.HasOnly(Bits(NfTables.Payload.Destination, NfTables.Payload.Base, NfTables.Payload.Offset, NfTables.Payload.Length))
            && _registers.Put(payload.Number(NfTables.Payload.Destination), new Load(Load.SourceOf(header), offset, (int)length) { Term = Words.OfPayload(data) });
    }

    private bool LoadMeta(in ExpressionAttributes meta, ReadOnlySpan<byte> data)
    {
        MetaKey key = (MetaKey)meta.Number(NfTables.Meta.Key);
        int length = key switch
        {
            MetaKey.Mark or MetaKey.Len or MetaKey.Iif or MetaKey.Oif => sizeof(uint),
            MetaKey.L4proto or MetaKey.Pkttype => 1,
            _ => WholeRegister,
        };
        return meta.HasOnly(Bits(NfTables.Meta.Destination, NfTables.Meta.Key))
            && _registers.Put(meta.Number(NfTables.Meta.Destination), new Load(LoadSource.Meta, (uint)key, length) { Term = Terms.OfMeta(data) });
    }

    private bool LoadConnection(in ExpressionAttributes connection, ReadOnlySpan<byte> data) =>
        connection.HasOnly(Bits(NfTables.Ct.Destination, NfTables.Ct.Key, NfTables.Ct.Direction)) && connection[NfTables.Ct.Direction].Length <= 1
        && _registers.Put(
            connection.Number(NfTables.Ct.Destination),
            new Load(LoadSource.Connection, KeyOf((CtKey)connection.Number(NfTables.Ct.Key)), WholeRegister)
            {
                Direction = connection.Has(NfTables.Ct.Direction) ? connection[NfTables.Ct.Direction][0] : null,
                Term = Words.OfConnection(data),
            });

    /// <summary>An address of the table's family is the same by both of its keys.</summary>
    private uint KeyOf(CtKey key) => (uint)(key switch
    {
        CtKey.SrcIp or CtKey.SrcIp6 when key == (_family.AddressSize == sizeof(uint) ? CtKey.SrcIp : CtKey.SrcIp6) => CtKey.Src,
        CtKey.DstIp or CtKey.DstIp6 when key == (_family.AddressSize == sizeof(uint) ? CtKey.DstIp : CtKey.DstIp6) => CtKey.Dst,
        _ => key,
    });

    private bool LoadTcpOption(in ExpressionAttributes header)
    {
        const uint TcpOption = 1; // NFT_EXTHDR_OP_TCPOPT
        const uint Present = 1; // NFT_EXTHDR_F_PRESENT
        return header.HasOnly(Bits(
                NfTables.ExtensionHeader.Destination, NfTables.ExtensionHeader.Type, NfTables.ExtensionHeader.Offset, NfTables.ExtensionHeader.Length,
                NfTables.ExtensionHeader.Flags, NfTables.ExtensionHeader.Operation))
            && header.Number(NfTables.ExtensionHeader.Operation) == TcpOption && header.Number(NfTables.ExtensionHeader.Flags) == Present
            && header[NfTables.ExtensionHeader.Type].Length == 1
            && _registers.Put(header.Number(NfTables.ExtensionHeader.Destination), new Load(LoadSource.TcpOption, header[NfTables.ExtensionHeader.Type][0], 1));
    }

    /// <summary>Loads what has no declaration of how it is loaded, but words.</summary>
    private bool LoadWord(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        (Term? term, ushort into) = Encoding.ASCII.GetString(name) switch
        {
            "exthdr" when NetlinkAttributes.Find(data, NfTables.ExtensionHeader.Source).IsEmpty => (Words.OfExtensionHeader(data), NfTables.ExtensionHeader.Destination),
            "fib" => (Terms.OfFib(data), NfTables.Fib.Destination),
            "numgen" => (Terms.OfGenerator(data), NfTables.Generator.Destination),
            "osf" => (Terms.OfFingerprint(data), NfTables.OsFingerprint.Destination),
            "rt" => (Terms.OfRouting(data), NfTables.Route.Destination),
            "socket" => (Terms.OfSocket(data), NfTables.Socket.Destination),
            _ => (null, (ushort)0),
        };
        return term is { Length: > 0 and <= WholeRegister }
            && _registers.Put(NetlinkAttributes.FindNumber(data, into), new Load(LoadSource.Word, 0, term.Length) { Term = term });
    }

    private bool ReadImmediate(in ExpressionAttributes immediate)
    {
        uint register = immediate.Number(NfTables.Immediate.Destination);
        if (!immediate.HasOnly(Bits(NfTables.Immediate.Destination, NfTables.Immediate.Data)))
        {
            return false;
        }

        ReadOnlySpan<byte> value = immediate.Value(NfTables.Immediate.Data);
        return register != 0
            ? !value.IsEmpty && _registers.Put(register, new Load(LoadSource.Immediate, 0, value.Length) { Value = value.ToArray() })
            : (_action is not null || EndMatches()) && Routed(VerdictIn(immediate, table, rule, out _)) is { } verdict && EndWith(verdict); // a goto is in the head
    }

    private bool SayQueue(in ExpressionAttributes queue)
    {
        ushort first = queue.ShortNumber(NfTables.Queue.Number), total = queue.ShortNumber(NfTables.Queue.Total);
        return queue.HasOnly(Bits(NfTables.Queue.Number, NfTables.Queue.Total, NfTables.Queue.Flags)) && queue.Has(NfTables.Queue.Number)
            && EndWith(new Statement.Queue(first, (ushort)(first + Math.Max((int)total, 1) - 1), queue.ShortNumber(NfTables.Queue.Flags)));
    }

    /// <summary>The verdict behind a statement that the frame goes to the machine itself, or null.</summary>
    private int? Routed(int? verdict) => !_isRouted ? verdict : verdict == Verdict.Accept ? Verdict.Drop : null;

    private static bool IsFirstQueue(in ExpressionAttributes queue) =>
        queue.HasOnly(Bits(NfTables.Queue.Number, NfTables.Queue.Total, NfTables.Queue.Flags)) && queue.Has(NfTables.Queue.Number)
        && queue.ShortNumber(NfTables.Queue.Number) == 0 && queue.ShortNumber(NfTables.Queue.Total) <= 1 && queue.ShortNumber(NfTables.Queue.Flags) == 0;

    /// <summary>The verdict of an immediate expression, as a standard target has it; null for one that x_tables has not.</summary>
    internal static int? VerdictIn(in ExpressionAttributes immediate, Table table, RuleBytes rule, out ReadOnlySpan<byte> chain)
    {
        const int Drop = 0, Accept = 1, Queue = 3; // NF_*; the queue is number 0
        ExpressionAttributes verdict = new(NetlinkAttributes.Find(immediate[NfTables.Immediate.Data], NfTables.Data.Verdict));
        int code = (int)verdict.Number(NfTables.Verdict.Code);
        chain = verdict[NfTables.Verdict.Chain];
        if (!verdict.Has(NfTables.Verdict.Code) || !verdict.HasOnly((1 << NfTables.Verdict.Code) | (1 << NfTables.Verdict.Chain)))
        {
            return null;
        }

        if (code == NfTables.Verdict.Goto)
        {
            rule.Head[table.Layout.Flags] |= (byte)table.Layout.GotoFlag;
        }

        return code switch
        {
            NfTables.Verdict.Continue => Verdict.Continue,
            Drop => table.RoutesDropped ? null : Verdict.Drop, // there it is another thing
            Accept => Verdict.Accept,
            Queue => Verdict.Queue,
            NfTables.Verdict.Return => Verdict.Return,
            NfTables.Verdict.Jump or NfTables.Verdict.Goto => JumpTo(chain, table),
            _ => null,
        };
    }

    /// <summary>The verdict that is a jump to a chain; null if there is none such. Nothing jumps to a base chain: one of others has the name of one.</summary>
    /// <param name="name">The name of the chain, with a NUL.</param>
    /// <param name="table">The table.</param>
    internal static int? JumpTo(ReadOnlySpan<byte> name, Table table) =>
        table.Find(name.IndexOf((byte)0) is >= 0 and int end ? name[..end] : name) is { IsBuiltIn: false } chain ? Verdict.JumpTo(chain.Id) : null;

    private bool Mask(in ExpressionAttributes bitwise)
    {
        ReadOnlySpan<byte> mask = bitwise.Value(NfTables.Bitwise.Mask), xor = bitwise.Value(NfTables.Bitwise.Xor);
        return bitwise.HasOnly(Bits(
                NfTables.Bitwise.Source, NfTables.Bitwise.Destination, NfTables.Bitwise.Length, NfTables.Bitwise.Mask, NfTables.Bitwise.Xor,
                NfTables.Bitwise.Operation))
            && bitwise.Number(NfTables.Bitwise.Operation) == 0 && bitwise.Number(NfTables.Bitwise.Length) == mask.Length && xor.Length == mask.Length
            && _registers.Take(bitwise.Number(NfTables.Bitwise.Source), mask.Length) is { Mask: null, Value: null } load
            && _registers.Put(
                bitwise.Number(NfTables.Bitwise.Destination),
                load with { Length = mask.Length, Mask = mask.ToArray(), Xor = xor.ContainsAnyExcept((byte)0) ? xor.ToArray() : null });
    }

    private bool Swap(in ExpressionAttributes order)
    {
        const uint ToNetwork = 1; // NFT_BYTEORDER_HTON
        uint length = order.Number(NfTables.ByteOrder.Length);
        return order.HasOnly(Bits(
                NfTables.ByteOrder.Source, NfTables.ByteOrder.Destination, NfTables.ByteOrder.Operation, NfTables.ByteOrder.Length,
                NfTables.ByteOrder.Size))
            && order.Number(NfTables.ByteOrder.Operation) == ToNetwork && order.Number(NfTables.ByteOrder.Size) == length && length <= WholeRegister
            && _registers.Take(order.Number(NfTables.ByteOrder.Source), (int)length) is { IsNetworkOrder: false, Mask: null, Value: null } load
            && _registers.Put(order.Number(NfTables.ByteOrder.Destination), load with { Length = (int)length, IsSwapped = true });
    }

    private bool Compare(in ExpressionAttributes compare)
    {
        ReadOnlySpan<byte> value = compare.Value(NfTables.Compare.Data);
        return compare.HasOnly(Bits(NfTables.Compare.Source, NfTables.Compare.Operation, NfTables.Compare.Data))
            && _registers.Take(compare.Number(NfTables.Compare.Source), value.Length) is { Value: null, Xor: null } load
            && Add(Comparison.With(load, compare.Number(NfTables.Compare.Operation), value));
    }

    private bool CompareRange(in ExpressionAttributes range)
    {
        ReadOnlySpan<byte> from = range.Value(NfTables.Range.From), to = range.Value(NfTables.Range.To);
        uint operation = range.Number(NfTables.Range.Operation);
        return range.HasOnly(Bits(NfTables.Range.Source, NfTables.Range.Operation, NfTables.Range.From, NfTables.Range.To)) && operation <= 1
            && _registers.Take(range.Number(NfTables.Range.Source), from.Length) is { Value: null, Xor: null } load
            && Add(Comparison.Among(load, [new NftSetElement(from.ToArray(), to.ToArray(), null)], operation == 1));
    }

    private bool LookUp(in ExpressionAttributes lookup)
    {
        const uint Inverted = 1; // NFT_LOOKUP_F_INV
        uint flags = lookup.Number(NfTables.Lookup.Flags);
        return lookup.HasOnly(Bits(NfTables.Lookup.Set, NfTables.Lookup.Source, NfTables.Lookup.SetId, NfTables.Lookup.Flags)) && flags <= Inverted
            && sets?.Invoke(lookup.Text(NfTables.Lookup.Set)) is { IsMap: false, Elements: [var first, ..] elements }
            && _registers.TakeJoined(lookup.Number(NfTables.Lookup.Source), first.First.Length) is { Value: null, Xor: null } load
            && Add(Comparison.Among(load, elements, flags == Inverted, keepsSet: LooksUp));
    }

    private bool Add(Comparison? comparison)
    {
        if (comparison is null)
        {
            return false;
        }

        if (!comparison.IsInverted && comparison.Load is { Mask: null, Term: { } term } && comparison.Values == Values.Only(comparison.Values.First))
        {
            _protocols.Learn(term.Named.Text, comparison.Values.First, "");
        }

        if (comparison.Asked is { Words: var words } && words.StartsWith("numgen inc", StringComparison.Ordinal))
        {
            // It counts, so what is in front of it stays there.
            bool isSaid = Flush();
            _comparisons.Add(comparison);
            _hasMatch = true;
            return isSaid && Flush();
        }

        if (_comparisons is [.., { Asked: { Words: "meta iiftype", IsInverted: false } device } type] && device.Values == Values.Only(EthernetDevice)
            && comparison.Asked is { Words: "ether saddr" or "ether daddr" })
        {
            _ = _comparisons.Remove(type); // who asks for such an address means frames of Ethernet
        }

        if (comparison is { Load.Source: LoadSource.TcpOption, IsInverted: false } && comparison.Values == Values.Only(1)
            && !_comparisons.Exists(known => known.On(Field.Ip.Protocol.In(_family)) is not null))
        {
            _comparisons.Insert(0, OnProtocol(Protocol.Tcp)); // only TCP has its options
        }

        if (_comparisons is [.., var last] && last.With(comparison) is { } both)
        {
            _comparisons[^1] = both;
        }
        else
        {
            _comparisons.Add(Named(comparison));
        }

        return true;
    }

    private Comparison OnProtocol(byte protocol) => Named(Comparison.With(new Load(LoadSource.Meta, (uint)MetaKey.L4proto, 1), operation: 0, [protocol])!);

    /// <summary>The loopback interface has the same number and name everywhere, and the protocol of IPv4 is what its header says.</summary>
    private Comparison Named(Comparison comparison)
    {
        if (comparison.Load.Source is not LoadSource.Meta || comparison.Load.Mask is not null)
        {
            return comparison;
        }

        switch ((MetaKey)comparison.Load.Key)
        {
            case MetaKey.Iif or MetaKey.Oif when comparison.Values == Values.Only(LoopbackIndex):
                MetaKey key = (MetaKey)comparison.Load.Key is MetaKey.Iif ? MetaKey.Iifname : MetaKey.Oifname;
                return Comparison.With(new Load(LoadSource.Meta, (uint)key, WholeRegister), comparison.IsInverted ? 1u : 0, "lo\0"u8)!;
            case MetaKey.L4proto when HeaderOf() is { } header && Field.Ip.Protocol.In(header) is PayloadField protocol:
                return comparison with { Load = new Load(LoadSource.Network, (uint)protocol.Offset, 1) };
            default:
                return comparison;
        }
    }

    /// <summary>The family whose header the packets have: in a frame of IPv4 it is IPv4's. Null if that is not known.</summary>
    private Family? HeaderOf()
    {
        return _family.XTables is not null ? _family
            : _comparisons.Exists(static known => known is { IsInverted: false, Load.Mask: null } && known.Load.IsOf(Field.Ether.Protocol, known.Length)
                && known.Values == Values.Only(Header.IPv4.EtherType)) ? Family.IPv4
            : null;
    }

    private bool Count(in ExpressionAttributes counter) => !_hasCounter && (_hasCounter = NativeRule.TryCount(counter, rule, table.Layout));

    private bool Limit(in ExpressionAttributes limit)
    {
        bool isKnown = limit.HasOnly(Bits(NfTables.Limit.Rate, NfTables.Limit.Unit, NfTables.Limit.Burst, NfTables.Limit.Type, NfTables.Limit.Flags))
            && limit.Number(NfTables.Limit.Type) == 0 && limit.Number(NfTables.Limit.Flags) == 0;
        return isKnown && Flush() && AddMatch(new Statement.Limit(
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
        return isKnown && (isWatcher ? Flush() && AddMatch(statement) : EndWith(statement));
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

        if (load is not { Term: { Named: { Change: null, Shift: 0 } from }, IsSwapped: false } || from.IsNetworkOrder != to.IsNetworkOrder || from.Bits != to.Bits)
        {
            return false;
        }

        ulong kept = load.Mask is { } mask ? (ulong)NftValues.Number(mask, to.IsNetworkOrder) : all;
        return EndWith(new Statement.Change(to.Text, from.Text, kept, load.Xor is { } xor ? (ulong)NftValues.Number(xor, to.IsNetworkOrder) : 0));
    }

    private bool SetConnection(in ExpressionAttributes connection, ReadOnlySpan<byte> data) =>
        connection.HasOnly(Bits(NfTables.Ct.Source, NfTables.Ct.Key))
        && Words.OfConnection(data) is { } term && Set(term, connection.Number(NfTables.Ct.Source));

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

        return Flush() && !_isRouted && (_action = Take(statement, isTarget: true)) is not null;
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

        return extensions.Find(target.NameBytes, isTarget: false) is { } watcher && Add(watcher, payload) && EndMatches() && End(verdict);
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
                return Flush() && AddMatch(new Statement.Quota(
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
        _hasMatch = true;
        return Take(statement, isTarget: false) is var (match, payload) && Add(match, payload);
    }

    /// <summary>The match or target that does what a statement does, or null.</summary>
    private (Extension Extension, byte[] Payload)? Take(Statement statement, bool isTarget)
    {
        foreach (Extension extension in All)
        {
            if (extension.IsTarget != isTarget)
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

    private bool Add(Extension extension, ReadOnlySpan<byte> payload)
    {
        payload = payload[..extension.SizeOf(payload)];
        Span<byte> record = rule.Add(ExtensionRecord.SizeFor(payload.Length));
        record.Clear();
        extension.RecordHead.CopyTo(record);
        ExtensionRecord.WriteSize(record);
        payload.CopyTo(record[ExtensionRecord.HeadSize..]);
        return true;
    }

    private bool AddRecord(in ExpressionAttributes extension, bool isTarget)
    {
        _hasMatch |= !isTarget;
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
            Add(comment, payload);
        }

        return true;
    }

    /// <summary>All that precedes the target.</summary>
    private bool EndMatches()
    {
        bool isSaid = Flush() && AddComment();
        rule.BeginTarget();
        _isEnded = true;
        return isSaid;
    }

    private bool End(int verdict)
    {
        rule.AddVerdict(verdict);
        return true;
    }

    /// <summary>
    /// Says the comparisons so far. Their order among each other is of no matter, but none may change places with a match, which may count what
    /// it is asked about; so the head can say only those before the first.
    /// </summary>
    private bool Flush()
    {
        if (!_hasMatch)
        {
            SayInHead();
        }

        while (_comparisons.Count > 0)
        {
            if (!SayInMatch(Native) && !SayInMatch(Matches) && !Ask())
            {
                return false;
            }
        }

        return true;
    }

    private void SayInHead()
    {
        Extension head = extensions.Head.Match;
        Cut([head], 0);
        Span<byte> payload = stackalloc byte[head.PayloadSize];
        if (SayAllInHead(head, payload))
        {
            return;
        }

        for (int i = 0; i < _comparisons.Count;)
        {
            if (InHead(head, _comparisons[i]) is { } condition)
            {
                List<Condition> all = [.. _headConditions];
                if (!_headConditions.Exists(said => Meaning.IsSame(said, condition)))
                {
                    all.Add(condition);
                }

                if (TryTakeInHead(head, all, payload))
                {
                    _headConditions = all;
                    _comparisons.RemoveAt(i);
                    continue;
                }
            }

            i++;
        }
    }

    /// <summary>Says all comparisons on fields of the head at once, if that is possible: some of them may go only with another.</summary>
    private bool SayAllInHead(Extension head, Span<byte> payload)
    {
        List<Condition> all = [];
        List<Comparison> others = [];
        foreach (Comparison comparison in _comparisons)
        {
            if (InHead(head, comparison) is { } condition)
            {
                all.Add(condition);
            }
            else
            {
                others.Add(comparison);
            }
        }

        bool can = _headConditions.Count == 0 && TryTakeInHead(head, all, payload);
        if (can)
        {
            _headConditions = all;
            _comparisons.Clear();
            _comparisons.AddRange(others);
        }

        return can;
    }

    /// <summary>The condition of the head that a comparison is, or null. A list of addresses is none, even if the head says already that it is one of them.</summary>
    private Condition? InHead(Extension head, Comparison comparison) =>
        comparison.Values.Kind is ValuesKind.Intervals && LooksUp ? null : OnAnyOf(head, comparison);

    /// <summary>Makes the head say some conditions, beginning with one that asks nothing.</summary>
    private bool TryTakeInHead(Extension head, List<Condition> all, Span<byte> payload)
    {
        payload.Clear();
        bool can = head.TryTake(all, payload, _family);
        if (can)
        {
            payload.CopyTo(rule.Head);
        }

        return can;
    }

    /// <summary>Says the first comparison, and those behind it that go with it, in one match.</summary>
    private bool SayInMatch(List<Extension> candidates)
    {
        Cut(candidates, 0);
        foreach (Extension extension in candidates)
        {
            List<Condition> conditions = [];
            int place = -1;
            foreach (Comparison comparison in _comparisons)
            {
                if (!MaySpeakOf(extension, comparison.Load) || OnAnyOf(extension, comparison) is not { } condition
                    || conditions.Exists(said => said.Field == condition.Field) || !IsBehind(extension, condition.Field, ref place))
                {
                    break;
                }

                conditions.Add(condition);
            }

            for (int count = conditions.Count; count > 0; count--)
            {
                Span<byte> payload = new byte[extension.SizeInProgress];
                extension.Begin(payload);
                if (extension.TryTake(conditions.GetRange(0, count), payload, _family))
                {
                    Add(extensions.Find(extension.NameBytes, isTarget: false)!, payload);
                    _comparisons.RemoveRange(0, count);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Says the first comparisons, of what only nft has words for, in a match that asks the same.</summary>
    private bool Ask()
    {
        foreach (Extension extension in All)
        {
            byte[] payload = new byte[extension.PayloadSize];
            int count = 0;
            while (!extension.IsTarget && count < _comparisons.Count && TryAsk(extension, count + 1) is { } more)
            {
                (payload, count) = (more, count + 1);
            }

            if (count > 0)
            {
                Add(extensions.Find(extension.NameBytes, isTarget: false)!, payload);
                _comparisons.RemoveRange(0, count);
                return true;
            }
        }

        return false;
    }

    /// <summary>The payload that asks the first comparisons, so many of them; null if there is none.</summary>
    private byte[]? TryAsk(Extension extension, int count)
    {
        byte[]? first = null;
        for (int step = 1; step >= -1; step -= 2) // in either order: else one of them takes the place of another
        {
            byte[] payload = new byte[extension.PayloadSize];
            extension.Begin(payload);
            for (int i = 0; i < count; i++)
            {
                if (_comparisons[step > 0 ? i : count - 1 - i].Asked is not { } asked || !extension.TryTake(asked, payload))
                {
                    return null;
                }
            }

            if (first is not null && !first.AsSpan().SequenceEqual(payload))
            {
                return null;
            }

            first = payload;
        }

        return first;
    }

    /// <summary>What one match of iptables' says is in the order in which it is written; what is not, is another match.</summary>
    private bool IsBehind(Extension extension, Field field, ref int place)
    {
        if (extension.Native.Length == 0 || extension.LooksUp)
        {
            return true;
        }

        int before = place;
        place = Array.FindIndex(extension.Native, option => option.Of!.In(_family) == field);
        place = place < 0 ? int.MaxValue : place;
        return place > before;
    }

    /// <summary>Cuts a comparison of several fields at once into those of each.</summary>
    private void Cut(List<Extension> candidates, int index)
    {
        for (int i = index; i < _comparisons.Count; i++)
        {
            int least = _comparisons[i].Length;
            foreach (Extension extension in candidates)
            {
                foreach (Option option in MaySpeakOf(extension, _comparisons[i].Load) ? extension.Options : [])
                {
                    foreach (Field field in option.Of?.In(_family).Parts ?? [])
                    {
                        int length = field.Bits / 8;
                        least = length < least && field is PayloadField && _comparisons[i].Load.IsOf(field, length) ? length : least;
                    }
                }
            }

            if (_comparisons[i].CutAfter(least) is var (first, second))
            {
                _comparisons[i] = first;
                _comparisons.Insert(i + 1, second);
            }
        }
    }

    /// <summary>Whether the rule is about the protocol of a header that an extension asks about.</summary>
    private bool MaySpeakOf(Extension extension, Load load)
    {
        bool isTransport = load.Source is LoadSource.Transport or LoadSource.TcpOption;
        bool isInverted = (rule.Head[table.Layout.Inversions] & (byte)table.Layout.ProtocolInversion) != 0;
        ushort protocol = isInverted ? (ushort)0 : MemoryMarshal.Read<ushort>(rule.Head[table.Layout.Protocol..]);
        return extension.Usage.Protocols is { } protocols ? Array.IndexOf(protocols, protocol) >= 0
            : !isTransport || (protocol == Protocol.Tcp && Array.Exists(extension.Options, static option => option.Of == Field.Tcp.Flags)); // ecn, for which -p tcp is typed
    }

    private Condition? OnAnyOf(Extension extension, Comparison comparison)
    {
        foreach (Option option in extension.Options)
        {
            foreach (Field field in option.Of?.In(_family).Parts ?? [])
            {
                if (comparison.On(field) is { } condition)
                {
                    return condition;
                }
            }
        }

        return null;
    }

    /// <summary>Whether there is a match that says sets of values, and so nothing else says them.</summary>
    private bool LooksUp => All.Exists(static extension => extension.LooksUp);

    /// <summary>The matches that are asked first: those that iptables writes as expressions.</summary>
    private List<Extension> Native => All.FindAll(static extension => extension.Native.Length > 0);

    /// <summary>The others, first those of one protocol.</summary>
    private List<Extension> Matches
    {
        get
        {
            List<Extension> matches =
                All.FindAll(static extension => extension.Native.Length == 0 && Array.Exists(extension.Options, static option => option.Of is not null));
            return [.. matches.FindAll(IsOfOneProtocol), .. matches.FindAll(static extension => !IsOfOneProtocol(extension))];

            static bool IsOfOneProtocol(Extension extension) => extension.Usage.Protocols?.Length == 1;
        }
    }

    /// <summary>
    /// All matches and targets that may be said, first those that only the family has: ebtables' own, not iptables'. They are not those of the set, in which each record is
    /// looked for.
    /// </summary>
    private List<Extension> All
    {
        get
        {
            if (_all is null)
            {
                _all = [];
                ExtensionEntry[] entries = Array.FindAll([.. ExtensionList.Matches, .. ExtensionList.Targets], entry => (entry.Families & _family.Bit) != 0);
                bool IsAlone(ExtensionEntry entry) => entry.Families == _family.Bit;
                foreach (ExtensionEntry entry in (ExtensionEntry[])[.. Array.FindAll(entries, IsAlone), .. Array.FindAll(entries, entry => !IsAlone(entry))])
                {
                    Extension extension = entry.Build(_family);
                    if (!obeysUsage || extension.Usage.Tables is not { } tables || Array.Exists(tables, name => Ascii.Equals(table.Name, name)))
                    {
                        _all.Add(extension);
                    }
                }
            }

            return _all;
        }
    }
}
