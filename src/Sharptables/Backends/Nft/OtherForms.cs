using System;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
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
internal sealed partial class OtherForms(Table table, ExtensionSet extensions, RuleBytes rule, SetSource? sets, bool obeysUsage = false)
{
    private const int WholeRegister = 16;
    private const uint LoopbackIndex = 1;
    private const uint ArpLength = 4, FirstArpAddress = 8; // where they are in ARP for Ethernet
    private const uint EthernetDevice = 1; // ARPHRD_ETHER, linux/if_arp.h

    private readonly Family _family = table.Layout.Family;
    private readonly Registers _registers = new();
    private readonly PacketProtocols _protocols = new(table.Layout.Family.Number);
    private readonly RuleComposer _composer = new(table, extensions, rule, obeysUsage);
    private bool _hasCounter;
    private byte[] _comment = []; // that nft keeps beside the rule
    private bool _isEnded;
    private (Extension Target, byte[] Payload)? _action; // the target, which may have more to say
    private bool _isRouted; // what is accepted then goes to the machine itself

    /// <summary>Whether the rule read last was said only of frames without a VLAN tag, where nf_tables means those with one, too.</summary>
    public bool LeavesOutTags { get; private set; }

    private Terms Words => field ??= new Terms(_protocols);

    /// <summary>Reads a rule; false when x_tables cannot say it. Then the head has what it says of the rule.</summary>
    public bool TryRead(ReadOnlySpan<byte> expressions, ReadOnlySpan<byte> userData)
    {
        rule.Begin();
        _registers.Clear();
        _protocols.Clear();
        _composer.Begin();
        _hasCounter = _isEnded = _isRouted = LeavesOutTags = false;
        _action = null;
        _comment = RuleComment.Find(userData).ToArray();
        bool isKnown = true;
        ExpressionList each = new(expressions);
        while (each.MoveNext())
        {
            ExpressionAttributes attributes = new(each.Data);
            isKnown = each.Kind is ExpressionKind.Counter ? Count(attributes) && isKnown : isKnown && Read(each, attributes); // those of any rule are shown
        }

        return (isKnown & (_isEnded || _composer.Flush())) && _registers.AreAllUsed && (_isEnded
            || (_action is var (target, payload) ? EndMatches() && _composer.Add(target, payload) : !_isRouted && AddComment() && End(Verdict.Continue)));
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
            ExpressionKind.ExtensionHeader when attributes.Has(NfTables.ExtensionHeader.Source) => SetOption(attributes, expression.Data),
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
            ExpressionKind.Match => _composer.Flush() && AddRecord(attributes, isTarget: false),
            ExpressionKind.Target when !_hasCounter && IsWatcher(attributes) => _composer.Flush() && AddRecord(attributes, isTarget: false),
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
            && Add(Comparison.Among(load, elements, flags == Inverted, keepsSet: _composer.LooksUp));
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
            bool isSaid = _composer.Flush();
            _composer.Comparisons.Add(comparison);
            _composer.HasMatch = true;
            return isSaid && _composer.Flush();
        }

        if (_composer.Comparisons is [.., { Asked: { Words: "meta iiftype", IsInverted: false } device } type] && device.Values == Values.Only(EthernetDevice)
            && comparison.Asked is { Words: "ether saddr" or "ether daddr" })
        {
            _ = _composer.Comparisons.Remove(type); // who asks for such an address means frames of Ethernet
        }

        if (comparison is { Load.Source: LoadSource.TcpOption, IsInverted: false } && comparison.Values == Values.Only(1))
        {
            MeanProtocol(Protocol.Tcp); // only TCP has its options
        }

        if (comparison.Asked is { Words: ['s', 'c', 't', 'p', ..], IsInverted: false } chunk && chunk.Values == Values.Only(1))
        {
            MeanProtocol(Protocol.Sctp);
        }

        if (obeysUsage && comparison is { Load: { Source: LoadSource.Network, Key: >= FirstArpAddress } } && _family.XTables is null && !_family.HasEtherTypes
            && !_composer.Comparisons.Exists(static known => known.Load is { Source: LoadSource.Network, Key: ArpLength }))
        {
            // Where the address is looked for it is only of Ethernet, as arptables says.
            _composer.Comparisons.Add(Comparison.With(new Load(LoadSource.Network, ArpLength, 1), operation: 0, [6])!);
            _composer.Comparisons.Add(Comparison.With(new Load(LoadSource.Network, ArpLength + 1, 1), operation: 0, [4])!);
        }

        if (obeysUsage && comparison is { IsInverted: true, Load.Mask: not null, Values: { Kind: ValuesKind.Masked } values } && values.First == 0 && UInt128.IsPow2(values.Second))
        {
            comparison = comparison with { Values = Values.Masked(values.Second, values.Second), IsInverted = false }; // a bit that is not 0
        }

        if (_composer.Comparisons is [.., var last] && last.With(comparison) is { } both)
        {
            _composer.Comparisons[^1] = both;
        }
        else
        {
            _composer.Comparisons.Add(Named(comparison));
        }

        return true;
    }

    /// <summary>Adds that the rule is about a protocol, unless it says that already.</summary>
    private void MeanProtocol(byte protocol)
    {
        if (!_composer.Comparisons.Exists(known => known.On(Field.Ip.Protocol.In(_family)) is not null))
        {
            _composer.Comparisons.Insert(0, OnProtocol(protocol));
        }
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
            case MetaKey.Protocol when obeysUsage && _family.HasEtherTypes && !comparison.IsInverted:
                PayloadField type = (PayloadField)Field.Ether.Protocol;
                LeavesOutTags = true;
                return comparison with { Load = new Load(LoadSource.Link, (uint)type.Offset, comparison.Length) };
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
            : _composer.Comparisons.Exists(static known => known is { IsInverted: false, Load.Mask: null } && known.Load.IsOf(Field.Ether.Protocol, known.Length)
                && known.Values == Values.Only(Header.IPv4.EtherType)) ? Family.IPv4
            : null;
    }
}
