using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Walks the attributes of a netlink message (<c>struct nlattr</c>, linux/netlink.h), or those within an attribute.</summary>
/// <param name="bytes">The attributes.</param>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    /// <summary>The size of what precedes an attribute's data.</summary>
    public const int HeadSize = 4;

    private const ushort TypeMask = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The attribute's number.</summary>
    public ushort Type { get; private set; }

    /// <summary>The attribute's data.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>The attribute with its head, and the zeros behind it.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>The data as a name, without the NUL at its end.</summary>
    public readonly ReadOnlySpan<byte> Text => TextIn(Data);

    /// <summary>The data as a number in network byte order: of one, two or four bytes, or 0 of a shorter one.</summary>
    public readonly uint Number => NumberIn(Data);

    /// <summary>The data as a number of eight bytes in network byte order.</summary>
    public readonly ulong LongNumber => LongNumberIn(Data);

    /// <summary>Goes to the next attribute.</summary>
    /// <exception cref="KernelException">EBADMSG: it is longer than there are bytes.</exception>
    public bool MoveNext()
    {
        if (_rest.Length < HeadSize)
        {
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeadSize || length > _rest.Length)
        {
            throw new KernelException("netlink: an attribute is cut short", Errno.EBADMSG);
        }

        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask);
        Data = _rest[HeadSize..length];
        int padded = Math.Min((length + 3) & ~3, _rest.Length);
        Whole = _rest[..padded];
        _rest = _rest[padded..];
        return true;
    }

    /// <summary>The data of the first attribute of that number; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, ushort type)
    {
        NetlinkAttributes each = new(attributes);
        while (each.MoveNext())
        {
            if (each.Type == type)
            {
                return each.Data;
            }
        }

        return default;
    }

    /// <summary>The first attribute of that number as a number; 0 if there is none.</summary>
    public static uint FindNumber(ReadOnlySpan<byte> attributes, ushort type) => NumberIn(Find(attributes, type));

    /// <summary>The first attribute of that number as a number of eight bytes; 0 if there is none.</summary>
    public static ulong FindLongNumber(ReadOnlySpan<byte> attributes, ushort type) => LongNumberIn(Find(attributes, type));

    /// <summary>The first attribute of that number as a name, without the NUL at its end; empty if there is none.</summary>
    public static ReadOnlySpan<byte> FindText(ReadOnlySpan<byte> attributes, ushort type) => TextIn(Find(attributes, type));

    private static ReadOnlySpan<byte> TextIn(ReadOnlySpan<byte> data) => data.IndexOf((byte)0) is >= 0 and int end ? data[..end] : data;

    private static ulong LongNumberIn(ReadOnlySpan<byte> data) => data.Length >= 8 ? BinaryPrimitives.ReadUInt64BigEndian(data) : NumberIn(data);

    private static uint NumberIn(ReadOnlySpan<byte> data) => data.Length switch
    {
        >= 4 => BinaryPrimitives.ReadUInt32BigEndian(data),
        >= 2 => BinaryPrimitives.ReadUInt16BigEndian(data),
        1 => data[0],
        _ => 0,
    };
}
