using System;
using System.Buffers.Binary;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary>What the targets of the <c>nat</c> table share: a range, which is their whole struct, and its flags.</summary>
/// <typeparam name="TRange">The kernel's struct, which differs by family.</typeparam>
internal abstract class NatTarget<TRange> : Target<TRange>
    where TRange : unmanaged, INatRange
{
    private static UInt128 Loopback => 0x7f000001;

    /// <summary>Which change it is; null for one that is no statement of nf_tables.</summary>
    protected virtual AddressTranslation? Kind => null;

    /// <summary>Whether ports were given.</summary>
    protected static Switch<TRange> Ports { get; } = Bit((ref i) => ref i.Flags, INatRange.MapsPorts);

    /// <inheritdoc/>
    protected override void Begin(ref TRange info) => info.Begin();

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <summary>Declares an option for a flag of the range.</summary>
    protected static Option RangeFlag(string name, uint flag, string summary) =>
        Flag(name, Bit((ref i) => ref i.Flags, flag), summary);

    /// <summary>Whether the range has an address or a port.</summary>
    protected static bool Maps(in TRange range)
    {
        TRange copy = range;
        return (copy.Flags & (INatRange.MapsAddresses | INatRange.MapsPorts)) != 0;
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref TRange info)
    {
        uint sayable = INatRange.IsRandom
            | (Kind is AddressTranslation.Snat or AddressTranslation.Dnat ? INatRange.IsPersistent : 0)
            | (Kind is AddressTranslation.Snat or AddressTranslation.Masquerade ? INatRange.IsRandomFully : 0);
        if (statement is not Statement.Nat nat || nat.Kind != Kind || (nat.Flags & ~sayable) != 0)
        {
            return false;
        }

        info.Flags = nat.Flags | (nat.First.Length > 0 ? INatRange.MapsAddresses : 0) | (nat.Ports is null ? 0 : INatRange.MapsPorts);
        nat.First.AsSpan().CopyTo(info.FirstAddress);
        nat.Last.AsSpan().CopyTo(info.LastAddress);
        (info.FirstPort, info.LastPort) = nat.Ports is var (first, last) ? (new Be16(first), new Be16(last)) : default;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in TRange info, NftText nft)
    {
        TRange range = info;
        bool hasAddresses = (range.Flags & INatRange.MapsAddresses) != 0, hasPorts = (range.Flags & INatRange.MapsPorts) != 0;
        int length = nft.Family.AddressSize;
        return Kind is { } kind && (range.Flags & INatRange.IsShifted) == 0 && nft.TryWrite(new Statement.Nat(
            kind,
            hasAddresses ? range.FirstAddress[..length].ToArray() : [],
            hasAddresses ? range.LastAddress[..length].ToArray() : [],
            hasPorts ? (range.FirstPort.Value, range.LastPort.Value) : null,
            range.Flags));
    }

    /// <summary>
    /// The addresses and ports of the connection's first packet. A port that may stay as it is does, as in the kernel unless another connection has it.
    /// </summary>
    protected override Fate? Act(in TRange info, Packet packet)
    {
        if (Kind is null && packet.Hook == 0)
        {
            return null;
        }

        TRange range = info;
        bool isSource = Kind is AddressTranslation.Snat or AddressTranslation.Masquerade || (Kind is null && packet.Hook is Hooks.PostRouting or Hooks.Input);
        (Field address, Field port) = isSource ? (Field.Ip.Source, (Field)Field.Port.Source) : (Field.Ip.Destination, Field.Port.Destination);
        Possible oldAddress = packet.PossibleOf(address), oldPort = packet.PossibleOf(port);
        Possible newPort = NewPort(ref range, packet, isSource, oldPort), newAddress = NewAddress(ref range, packet, isSource, oldAddress, IsSame(newPort, oldPort));
        if (!IsSame(newAddress, oldAddress))
        {
            packet.Put(address, newAddress);
        }

        if (!IsSame(newPort, oldPort))
        {
            packet.Put(port, newPort);
        }

        packet.Know(isSource ? Field.Ct.ReplyDestination : Field.Ct.ReplySource, newAddress);
        packet.Know(isSource ? Field.Ct.ReplyDestinationPort : Field.Ct.ReplySourcePort, newPort);
        Answer byAddress = Differ(oldAddress, newAddress), byPort = Differ(oldPort, newPort);
        Answer differs = byAddress > byPort ? byAddress : byPort;
        Note(packet, Field.Ct.State, isSource ? StateField.MappedSource : StateField.MappedDestination, differs);
        Note(packet, Field.Ct.Status, isSource ? StateField.SourceStatus : StateField.DestinationStatus, differs);
        return Fate.Accept;
    }

    private Possible NewAddress(ref TRange range, Packet packet, bool isSource, Possible old, bool keepsPort)
    {
        Field field = (isSource ? Field.Ip.Source : Field.Ip.Destination).In(packet.Family);
        switch (Kind)
        {
            case AddressTranslation.Redirect when packet.Hook is Hooks.Output:
                return new(field.Greatest, packet.Family.HasColonsInAddresses ? (UInt128)1 : Loopback);
            case AddressTranslation.Redirect or AddressTranslation.Masquerade:
                UInt128? device = packet.Find(isSource ? Field.Meta.OutInterface : Field.Meta.InInterface);
                return device is { } name && name != 0 && packet.Machine?.AddressOf(packet.Family, name) is { } its ? new(field.Greatest, its) : new(field.Greatest);
        }

        if ((range.Flags & INatRange.MapsAddresses) == 0)
        {
            return old;
        }

        UInt128 first = NumberIn(range.FirstAddress, field), last = NumberIn(range.LastAddress, field);
        return Kind is null ? old.Changed(kept: first ^ last, first & ~(first ^ last))
            : first == last ? new(field.Greatest, first)
            : isSource && keepsPort && old.Only is { } stays && first <= stays && stays <= last ? old
            : new(field.Greatest, [(first, last)]);
    }

    private static Possible NewPort(ref TRange range, Packet packet, bool isSource, Possible old)
    {
        if (packet.Protocol is not (null or Protocol.Tcp or Protocol.Udp or Protocol.UdpLite or Protocol.Dccp or Protocol.Sctp))
        {
            return old;
        }

        bool isRandom = (range.Flags & (INatRange.IsRandom | INatRange.IsRandomFully)) != 0;
        if ((range.Flags & INatRange.MapsPorts) != 0)
        {
            (int first, int last) = (range.FirstPort.Value, range.LastPort.Value);
            if (first == last)
            {
                return new(ushort.MaxValue, (UInt128)first);
            }

            if (old.Only is { } port && (range.Flags & INatRange.IsShifted) != 0 && !isRandom && last > first)
            {
                return new(ushort.MaxValue, (UInt128)(first + ((ushort)((int)port - range.BasePort.Value) % (last - first + 1))));
            }

            return old.Only is { } same && !isRandom && (int)same >= first && (int)same <= last ? old : new(ushort.MaxValue, [((UInt128)Math.Min(first, last), (UInt128)Math.Max(first, last))]);
        }

        // Ports of the same kind as before: of the system's, of those that need no privilege.
        return !isSource || !isRandom ? old
            : old.Only is not { } known ? new(ushort.MaxValue, [(1, ushort.MaxValue)])
            : new(ushort.MaxValue, [known < 512 ? (1, 511) : known < 1024 ? (600, 1023) : ((UInt128)1024, (UInt128)ushort.MaxValue)]);
    }

    private static UInt128 NumberIn(ReadOnlySpan<byte> bytes, Field field) =>
        field.Bits == 32 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);

    private static bool IsSame(Possible a, Possible b) => ReferenceEquals(a, b) || (a.Only is { } only && only == b.Only);

    /// <summary>Whether a value of one is none of the other.</summary>
    private static Answer Differ(Possible a, Possible b) =>
        ReferenceEquals(a, b) ? Answer.No
        : (a.Only, b.Only) switch
        {
            ({ } one, { } other) => one == other ? Answer.No : Answer.Yes,
            ({ } one, _) => b.Ask(Values.Only(one)) is Answer.No ? Answer.Yes : Answer.Unknown,
            (_, { } other) => a.Ask(Values.Only(other)) is Answer.No ? Answer.Yes : Answer.Unknown,
            _ => Answer.Unknown,
        };

    private static void Note(Packet packet, Field field, int bit, Answer isSet)
    {
        Possible before = packet.PossibleOf(field);
        if (isSet is Answer.Yes)
        {
            packet.Know(field, before.Changed(kept: ~(UInt128)bit, (UInt128)bit));
        }
        else if (isSet is Answer.Unknown)
        {
            packet.Know(field, before.Only is { } known ? new(field.Greatest, [(known, known), (known | (UInt128)bit, known | (UInt128)bit)]) : field.Slot!.Value.Possible);
        }
    }
}
