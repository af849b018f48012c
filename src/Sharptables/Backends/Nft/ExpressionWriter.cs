using System;
using System.Buffers.Binary;
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
    /// <summary><c>NFT_REG_1</c>: where a value is loaded to and compared.</summary>
    public const uint Register = 1;

    /// <summary><c>NFT_REG32_01</c>, to which the original writes what it sets.</summary>
    private const uint SettingRegister = 9;

    private const uint VerdictRegister = 0; // NFT_REG_VERDICT
    private const uint NetworkHeader = 1; // NFT_PAYLOAD_NETWORK_HEADER
    private const uint TransportHeader = 2; // NFT_PAYLOAD_TRANSPORT_HEADER
    private const byte TcpOptionHeader = 1; // NFT_EXTHDR_OP_TCPOPT
    private const uint PresentFlag = 1; // NFT_EXTHDR_F_PRESENT
    private const uint HostToNetwork = 1; // NFT_BYTEORDER_HTON

    private const int Head = NetlinkAttributes.HeadSize;
    private const int Number = Head + 4; // an attribute of four bytes, or of less
    private const int LongNumber = Head + 8;
    private const ushort Nested = 0x8000; // NLA_F_NESTED

    /// <summary>How many bytes there are in front of the next.</summary>
    public int Length => to.Length;

    /// <summary>Loads bytes of a packet.</summary>
    public void LoadPayload(bool isTransport, int offset, int length)
    {
        Begin("payload"u8, 4 * Number);
        Put(NfTables.Payload.Destination, Register, isTransport ? TransportHeader : NetworkHeader, (uint)offset, (uint)length);
    }

    /// <summary>Loads what the kernel keeps with a packet.</summary>
    public void LoadMeta(MetaKey key)
    {
        Begin("meta"u8, 2 * Number);
        Put(NfTables.Meta.Destination, Register, (uint)key);
    }

    /// <summary>Loads data of the connection.</summary>
    /// <param name="key">Which of it.</param>
    /// <param name="direction">0 original, 1 reply; null where it does not depend on the direction.</param>
    public void LoadConnection(CtKey key, byte? direction)
    {
        Begin("ct"u8, (direction is null ? 2 : 3) * Number);
        Put(NfTables.Ct.Destination, Register, (uint)key);
        if (direction is { } its)
        {
            to.Put(NfTables.Ct.Direction, [its]);
        }
    }

    /// <summary>Loads 1 if the packet has a TCP option, else 0.</summary>
    public void LoadTcpOption(byte kind)
    {
        Begin("exthdr"u8, 6 * Number);
        Put(NfTables.ExtensionHeader.Destination, Register);
        to.Put(NfTables.ExtensionHeader.Type, [kind]);
        Put(NfTables.ExtensionHeader.Offset, 0, 1, PresentFlag, TcpOptionHeader);
    }

    /// <summary>Converts what was loaded from the machine's byte order to network byte order.</summary>
    public void ToNetworkOrder(int length)
    {
        Begin("byteorder"u8, 5 * Number);
        Put(NfTables.ByteOrder.Source, Register, Register, HostToNetwork, (uint)length, (uint)length);
    }

    /// <summary>Clears the bits of what was loaded that are outside a mask.</summary>
    public void Mask(UInt128 mask, int length, bool isNetworkOrder)
    {
        Begin("bitwise"u8, (3 * Number) + (2 * Value(length)));
        Put(NfTables.Bitwise.Source, Register, Register, (uint)length);
        Put(NfTables.Bitwise.Mask, mask, length, isNetworkOrder);
        Put(NfTables.Bitwise.Xor, 0, length, isNetworkOrder);
    }

    /// <summary>Ends the rule unless what was loaded compares so with a value.</summary>
    public void Compare(CompareOperator how, UInt128 value, int length, bool isNetworkOrder)
    {
        Begin("cmp"u8, (2 * Number) + Value(length));
        Put(NfTables.Compare.Source, Register, (uint)how);
        Put(NfTables.Compare.Data, value, length, isNetworkOrder);
    }

    /// <summary>Ends the rule unless what was loaded, in network byte order, is in a range, or is outside of it.</summary>
    public void Compare(bool isInverted, UInt128 first, UInt128 last, int length)
    {
        Begin("range"u8, (2 * Number) + (2 * Value(length)));
        Put(NfTables.Range.Source, Register, isInverted ? 1u : 0); // NFT_RANGE_NEQ, NFT_RANGE_EQ
        Put(NfTables.Range.From, first, length, isNetworkOrder: true);
        Put(NfTables.Range.To, last, length, isNetworkOrder: true);
    }

    public void Counter(in XtCounters counters)
    {
        Begin("counter"u8, 2 * LongNumber);
        to.Put(NfTables.Counter.Bytes, counters.Bytes);
        to.Put(NfTables.Counter.Packets, counters.Packets);
    }

    /// <summary>Ends the rule with a verdict.</summary>
    /// <param name="code">nf_tables' code for it.</param>
    /// <param name="chain">The chain that is jumped to; empty for none.</param>
    public void Verdict(int code, ReadOnlySpan<byte> chain = default)
    {
        int name = chain.IsEmpty ? 0 : Head + Padded(chain.Length + 1);
        Begin("immediate"u8, Number + Head + Head + Number + name);
        Put(NfTables.Immediate.Destination, VerdictRegister);
        Nest(NfTables.Immediate.Data, Head + Number + name);
        Nest(NfTables.Data.Verdict, Number + name);
        Put(NfTables.Verdict.Code, (uint)code);
        if (name > 0)
        {
            to.PutText(NfTables.Verdict.Chain, chain);
        }
    }

    /// <summary>A match or target of x_tables, with its payload.</summary>
    public void Extension(ExtensionRecord record, bool isTarget)
    {
        ReadOnlySpan<byte> name = record.Name;
        int size = record.Payload.Length;
        Begin(isTarget ? "target"u8 : "match"u8, Head + Padded(name.Length + 1) + Number + Head + Padded(size));
        to.PutText(NfTables.Extension.Name, name);
        Put(NfTables.Extension.Revision, record.Revision);
        to.Put(NfTables.Extension.Info, record.Payload);
    }

    /// <summary>A statement that nf_tables has of its own.</summary>
    public void Write(Statement statement)
    {
        switch (statement)
        {
            case Statement.Limit limit:
                Begin("limit"u8, (2 * LongNumber) + (3 * Number));
                to.Put(NfTables.Limit.Rate, limit.Packets);
                to.Put(NfTables.Limit.Unit, limit.Seconds);
                Put(NfTables.Limit.Burst, limit.Burst, 0, 0); // packets, not bytes; up to the rate, not over it
                break;
            case Statement.Log log:
                int prefix = log.Prefix.Length == 0 ? 0 : Head + Padded(log.Prefix.Length + 1);
                Begin("log"u8, Number + prefix + (log.Length is null ? 0 : Number) + (log.Threshold == 0 ? 0 : Number));
                to.Put(NfTables.Log.Group, log.Group);
                if (prefix > 0)
                {
                    to.PutText(NfTables.Log.Prefix, log.Prefix);
                }

                if (log.Length is { } length)
                {
                    to.Put(NfTables.Log.SnapLength, length);
                }

                if (log.Threshold != 0)
                {
                    to.Put(NfTables.Log.QueueThreshold, log.Threshold);
                }

                break;
            case Statement.Set set:
                int valueSize = set.Key is MetaKey.Nftrace ? 1 : 4;
                Begin("immediate"u8, Number + Value(valueSize));
                Put(NfTables.Immediate.Destination, SettingRegister);
                Put(NfTables.Immediate.Data, set.Value, valueSize, isNetworkOrder: false);
                Begin("meta"u8, 2 * Number);
                Put(NfTables.Meta.Key, (uint)set.Key, SettingRegister);
                break;
        }
    }

    private static int Padded(int size) => (size + 3) & ~3;

    /// <summary>The size of an attribute with a value of so many bytes in it, as <c>NFTA_DATA_VALUE</c>.</summary>
    private static int Value(int length) => Head + Head + Padded(length);

    /// <summary>Begins an expression: its name, and the head of what is in it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="size">The size of all attributes that are to be written.</param>
    private void Begin(ReadOnlySpan<byte> name, int size)
    {
        int nameSize = Padded(name.Length + 1);
        Span<byte> place = Take(Head + Head + nameSize + Head);
        WriteHead(place, Nested | NfTables.List.Element, Head + Head + nameSize + Head + size);
        WriteHead(place[Head..], NfTables.Expression.Name, Head + name.Length + 1);
        place = place[(2 * Head)..];
        MemoryMarshal.Write(place[(nameSize - 4)..], 0);
        name.CopyTo(place);
        WriteHead(place[nameSize..], Nested | NfTables.Expression.Data, Head + size);
    }

    private void Nest(int type, int size) => WriteHead(Take(Head), Nested | type, Head + size);

    /// <summary>Writes numbers of four bytes as attributes, from one on.</summary>
    private void Put(int type, params ReadOnlySpan<uint> numbers)
    {
        Span<byte> place = Take(Number * numbers.Length);
        foreach (uint number in numbers)
        {
            MemoryMarshal.Write(place, ((ulong)BinaryPrimitives.ReverseEndianness(number) << 32) | ((ulong)type++ << 16) | Number);
            place = place[Number..];
        }
    }

    /// <summary>Writes a value as it is in registers.</summary>
    private void Put(int type, UInt128 value, int length, bool isNetworkOrder)
    {
        Span<byte> place = Take(Value(length), Head + Head + 16);
        WriteHead(place, Nested | type, Value(length));
        WriteHead(place[Head..], NfTables.Data.Value, Head + length);
        place = place[(2 * Head)..];
        if (isNetworkOrder)
        {
            BinaryPrimitives.WriteUInt128BigEndian(place, value << (128 - (8 * length)));
        }
        else
        {
            BinaryPrimitives.WriteUInt128LittleEndian(place, value);
        }
    }

    private static void WriteHead(Span<byte> place, int type, int size) => MemoryMarshal.Write(place, (uint)((type << 16) | size));

    /// <summary>Room for bytes that are to be written, all of them, and, for the moment, some more.</summary>
    private Span<byte> Take(int size, int room = 0)
    {
        NativeBuffer bytes = to.Bytes;
        Span<byte> place = bytes.Reserve(Math.Max(size, room));
        bytes.SetLength(bytes.Length + size);
        return place;
    }
}
