using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Writes nf_tables' expressions as elements of a list (linux/netfilter/nf_tables.h). A rule has about eight of them, so those that most rules
/// have are written attribute by attribute without a search for room.
/// </summary>
/// <param name="to">The message that they are in.</param>
internal sealed class ExpressionWriter(NetlinkWriter to)
{
    /// <summary><c>NFT_REG32_01</c>, to which the original writes what it sets.</summary>
    private const uint SettingRegister = 9;

    private const byte TcpOptionHeader = 1; // NFT_EXTHDR_OP_TCPOPT
    private const uint PresentFlag = 1; // NFT_EXTHDR_F_PRESENT
    private const uint HostToNetwork = 1; // NFT_BYTEORDER_HTON

    private const int Head = NetlinkAttributes.HeadSize;
    private const int Number = Head + 4; // an attribute of four bytes, or of less
    private const int LongNumber = Head + 8;
    private const int LongestValue = 16;
    private const ushort Nested = 0x8000; // NLA_F_NESTED

    /// <summary>How many bytes there are in front of the next.</summary>
    public int Length => to.Length;

    /// <summary>Loads bytes of a packet.</summary>
    public void LoadPayload(HeaderBase header, int offset, int length, uint register = NfTables.Register)
    {
        Span<byte> place = Begin("payload"u8, 4 * Number);
        Put(ref place, NfTables.Payload.Destination, register);
        Put(ref place, NfTables.Payload.Base, (uint)header);
        Put(ref place, NfTables.Payload.Offset, (uint)offset);
        Put(ref place, NfTables.Payload.Length, (uint)length);
    }

    /// <summary>Loads what the kernel keeps with a packet.</summary>
    public void LoadMeta(MetaKey key)
    {
        Span<byte> place = Begin("meta"u8, 2 * Number);
        Put(ref place, NfTables.Meta.Destination, NfTables.Register);
        Put(ref place, NfTables.Meta.Key, (uint)key);
    }

    /// <summary>Loads data of the connection.</summary>
    /// <param name="key">Which of it.</param>
    /// <param name="direction">0 original, 1 reply; null where it does not depend on the direction.</param>
    public void LoadConnection(CtKey key, byte? direction)
    {
        Span<byte> place = Begin("ct"u8, (direction is null ? 2 : 3) * Number);
        Put(ref place, NfTables.Ct.Destination, NfTables.Register);
        Put(ref place, NfTables.Ct.Key, (uint)key);
        if (direction is { } its)
        {
            PutByte(ref place, NfTables.Ct.Direction, its);
        }
    }

    /// <summary>Loads 1 if the packet has a TCP option, else 0.</summary>
    public void LoadTcpOption(byte kind)
    {
        Span<byte> place = Begin("exthdr"u8, 6 * Number);
        Put(ref place, NfTables.ExtensionHeader.Destination, NfTables.Register);
        PutByte(ref place, NfTables.ExtensionHeader.Type, kind);
        Put(ref place, NfTables.ExtensionHeader.Offset, 0);
        Put(ref place, NfTables.ExtensionHeader.Length, 1);
        Put(ref place, NfTables.ExtensionHeader.Flags, PresentFlag);
        Put(ref place, NfTables.ExtensionHeader.Operation, TcpOptionHeader);
    }

    /// <summary>Converts what was loaded from the machine's byte order to network byte order.</summary>
    public void ToNetworkOrder(int length)
    {
        Span<byte> place = Begin("byteorder"u8, 5 * Number);
        Put(ref place, NfTables.ByteOrder.Source, NfTables.Register);
        Put(ref place, NfTables.ByteOrder.Destination, NfTables.Register);
        Put(ref place, NfTables.ByteOrder.Operation, HostToNetwork);
        Put(ref place, NfTables.ByteOrder.Length, (uint)length);
        Put(ref place, NfTables.ByteOrder.Size, (uint)length);
    }

    /// <summary>Clears the bits of what was loaded that are outside a mask.</summary>
    public void Mask(UInt128 mask, int length, bool isNetworkOrder)
    {
        Span<byte> place = Begin("bitwise"u8, (3 * Number) + (2 * Value(length)));
        Put(ref place, NfTables.Bitwise.Source, NfTables.Register);
        Put(ref place, NfTables.Bitwise.Destination, NfTables.Register);
        Put(ref place, NfTables.Bitwise.Length, (uint)length);
        Put(ref place, NfTables.Bitwise.Mask, mask, length, isNetworkOrder);
        Put(ref place, NfTables.Bitwise.Xor, 0, length, isNetworkOrder);
    }

    /// <summary>Ends the rule unless what was loaded compares so with a value.</summary>
    public void Compare(CompareOperator how, UInt128 value, int length, bool isNetworkOrder)
    {
        Span<byte> place = Begin("cmp"u8, (2 * Number) + Value(length));
        Put(ref place, NfTables.Compare.Source, NfTables.Register);
        Put(ref place, NfTables.Compare.Operation, (uint)how);
        Put(ref place, NfTables.Compare.Data, value, length, isNetworkOrder);
    }

    /// <summary>Ends the rule unless what was loaded, in network byte order, is in a range, or is outside of it.</summary>
    public void Compare(bool isInverted, UInt128 first, UInt128 last, int length)
    {
        Span<byte> place = Begin("range"u8, (2 * Number) + (2 * Value(length)));
        Put(ref place, NfTables.Range.Source, NfTables.Register);
        Put(ref place, NfTables.Range.Operation, isInverted ? 1u : 0); // NFT_RANGE_NEQ, NFT_RANGE_EQ
        Put(ref place, NfTables.Range.From, first, length, isNetworkOrder: true);
        Put(ref place, NfTables.Range.To, last, length, isNetworkOrder: true);
    }

    /// <summary>Ends the rule unless what was loaded is in a set of this batch, or is not in it.</summary>
    public void LookUp(uint set, bool isInverted)
    {
        Span<byte> place = Begin("lookup"u8, Text(NfTables.Set.AnyName) + (isInverted ? 3 : 2) * Number);
        Put(ref place, NfTables.Lookup.Set, NfTables.Set.AnyName, NfTables.Set.AnyName.Length + 1);
        Put(ref place, NfTables.Lookup.Source, NfTables.Register);
        Put(ref place, NfTables.Lookup.SetId, set);
        if (isInverted)
        {
            Put(ref place, NfTables.Lookup.Flags, 1u); // NFT_LOOKUP_F_INV
        }
    }

    public void Counter(in XtCounters counters)
    {
        Span<byte> place = Begin("counter"u8, 2 * LongNumber);
        Put(ref place, NfTables.Counter.Bytes, counters.Bytes);
        Put(ref place, NfTables.Counter.Packets, counters.Packets);
    }

    /// <summary>Ends the rule with a verdict.</summary>
    /// <param name="code">nf_tables' code for it.</param>
    /// <param name="chain">The chain that is jumped to; empty for none.</param>
    public void Verdict(int code, ReadOnlySpan<byte> chain = default)
    {
        int name = chain.IsEmpty ? 0 : Text(chain);
        Span<byte> place = Begin("immediate"u8, Number + Head + Head + Number + name);
        Put(ref place, NfTables.Immediate.Destination, NfTables.VerdictRegister);
        PutHead(ref place, Nested | NfTables.Immediate.Data, Head + Head + Number + name);
        PutHead(ref place, Nested | NfTables.Data.Verdict, Head + Number + name);
        Put(ref place, NfTables.Verdict.Code, (uint)code);
        if (name > 0)
        {
            Put(ref place, NfTables.Verdict.Chain, chain, chain.Length + 1);
        }
    }

    /// <summary>Sends the packet to a program that listens to the first queue: newer kernels have no such verdict.</summary>
    public void Queue()
    {
        Span<byte> place = Begin("queue"u8, Number);
        PutShort(ref place, NfTables.Queue.Number, 0);
    }

    /// <summary>A match or target of x_tables, with its payload.</summary>
    public void Extension(ExtensionRecord record, bool isTarget)
    {
        ReadOnlySpan<byte> name = record.Name, payload = record.Payload;
        Span<byte> place = Begin(isTarget ? "target"u8 : "match"u8, Text(name) + Number + Head + payload.Length);
        Put(ref place, NfTables.Extension.Name, name, name.Length + 1);
        Put(ref place, NfTables.Extension.Revision, record.Revision);
        Put(ref place, NfTables.Extension.Info, payload, payload.Length);
    }

    /// <summary>A statement that nf_tables has of its own.</summary>
    public void Write(Statement statement)
    {
        switch (statement)
        {
            case Statement.Limit limit:
                WriteLimit(limit);
                break;
            case Statement.Log log:
                WriteLog(log);
                break;
            case Statement.Set set:
                int length = set.Key is MetaKey.Nftrace or MetaKey.Broute ? 1 : 4;
                Span<byte> place = Begin("immediate"u8, Number + Value(length));
                Put(ref place, NfTables.Immediate.Destination, SettingRegister);
                Put(ref place, NfTables.Immediate.Data, set.Value, length, isNetworkOrder: false);
                place = Begin("meta"u8, 2 * Number);
                Put(ref place, NfTables.Meta.Key, (uint)set.Key);
                Put(ref place, NfTables.Meta.Source, SettingRegister);
                break;
        }
    }

    private void WriteLimit(Statement.Limit limit)
    {
        Span<byte> place = Begin("limit"u8, (2 * LongNumber) + (3 * Number));
        Put(ref place, NfTables.Limit.Rate, limit.Packets);
        Put(ref place, NfTables.Limit.Unit, limit.Seconds);
        Put(ref place, NfTables.Limit.Burst, limit.Burst);
        Put(ref place, NfTables.Limit.Type, 0u); // packets, not bytes
        Put(ref place, NfTables.Limit.Flags, 0u); // up to the rate, not over it
    }

    private void WriteLog(Statement.Log log)
    {
        int prefix = log.Prefix.Length == 0 ? 0 : Text(log.Prefix);
        Span<byte> place = Begin("log"u8, Number + prefix + (log.Length is null ? 0 : Number) + (log.Threshold == 0 ? 0 : Number));
        PutShort(ref place, NfTables.Log.Group, log.Group);
        if (prefix > 0)
        {
            Put(ref place, NfTables.Log.Prefix, log.Prefix, log.Prefix.Length + 1);
        }

        if (log.Length is { } length)
        {
            Put(ref place, NfTables.Log.SnapLength, length);
        }

        if (log.Threshold != 0)
        {
            PutShort(ref place, NfTables.Log.QueueThreshold, log.Threshold);
        }
    }

    private static int Padded(int size) => (size + 3) & ~3;

    /// <summary>The size of an attribute with a value of so many bytes in it, as <c>NFTA_DATA_VALUE</c>.</summary>
    private static int Value(int length) => Head + Head + Padded(length);

    /// <summary>The size of an attribute with a text.</summary>
    private static int Text(ReadOnlySpan<byte> text) => Head + Padded(text.Length + 1);

    /// <summary>Begins an expression.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="size">The size of all attributes in it.</param>
    /// <returns>Where they are to be written, and room for the longest value behind them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // most of it is constant then
    private Span<byte> Begin(ReadOnlySpan<byte> name, int size)
    {
        Span<byte> place = to.Bytes.Add(Head + Text(name) + Head + size, LongestValue);
        PutHead(ref place, Nested | NfTables.List.Element, Head + Text(name) + Head + size);
        Put(ref place, NfTables.Expression.Name, name, name.Length + 1);
        PutHead(ref place, Nested | NfTables.Expression.Data, Head + size);
        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutHead(ref Span<byte> place, int type, int size)
    {
        MemoryMarshal.Write(place, (uint)((type << 16) | size));
        place = place[Head..];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref Span<byte> place, int type, uint number)
    {
        MemoryMarshal.Write(place, ((ulong)BinaryPrimitives.ReverseEndianness(number) << 32) | ((uint)type << 16) | Number);
        place = place[Number..];
    }

    private static void Put(ref Span<byte> place, int type, ulong number)
    {
        PutHead(ref place, type, LongNumber);
        BinaryPrimitives.WriteUInt64BigEndian(place, number);
        place = place[sizeof(ulong)..];
    }

    private static void PutShort(ref Span<byte> place, int type, ushort number) => Put(ref place, type, [(byte)(number >> 8), (byte)number], sizeof(ushort));

    private static void PutByte(ref Span<byte> place, int type, byte number) => Put(ref place, type, [number], sizeof(byte));

    /// <summary>Writes bytes, and zeros up to a length and to the end of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref Span<byte> place, int type, scoped ReadOnlySpan<byte> bytes, int length)
    {
        PutHead(ref place, type, Head + length);
        MemoryMarshal.Write(place[(Padded(length) - sizeof(uint))..], 0);
        bytes.CopyTo(place);
        place = place[Padded(length)..];
    }

    /// <summary>Writes a value as it is in registers; behind it there is room for the longest.</summary>
    private static void Put(ref Span<byte> place, int type, UInt128 value, int length, bool isNetworkOrder)
    {
        PutHead(ref place, Nested | type, Value(length));
        PutHead(ref place, NfTables.Data.Value, Head + length);
        if (isNetworkOrder)
        {
            BinaryPrimitives.WriteUInt128BigEndian(place, value << (128 - (8 * length)));
        }
        else
        {
            BinaryPrimitives.WriteUInt128LittleEndian(place, value);
        }

        place = place[Padded(length)..];
    }
}
