using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sharptables.Model;

/// <summary>
/// A view of a match or target inside a rule: <c>struct xt_entry_match</c> or <c>xt_entry_target</c> (linux/netfilter/x_tables.h) and
/// its payload.
/// </summary>
public readonly ref struct ExtensionRecord
{
    /// <summary>Bytes in front of the payload.</summary>
    public const int HeadSize = 32;

    /// <summary>Longest name, in bytes.</summary>
    public const int MaxName = 28;

    private const int NameOffset = 2;
    private const int RevisionOffset = 31;

    /// <param name="bytes">The record and whatever follows it; its own size is read from it.</param>
    /// <exception cref="MalformedTableException">The size is smaller than a head, or larger than the bytes.</exception>
    public ExtensionRecord(Span<byte> bytes)
    {
        int size = bytes.Length < HeadSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (size < HeadSize || size > bytes.Length)
        {
            throw new MalformedTableException("a match or target has an impossible size");
        }

        Bytes = bytes[..size];
    }

    /// <summary>Head and payload.</summary>
    public Span<byte> Bytes { get; }

    /// <summary>The name that the kernel knows it by; empty for the standard target.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> name = Bytes.Slice(NameOffset, MaxName + 1);
            int end = name.IndexOf((byte)0);
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>Which layout the payload has.</summary>
    public byte Revision => Bytes[RevisionOffset];

    /// <summary>The extension's own struct, padded to 8 bytes.</summary>
    public Span<byte> Payload => Bytes[HeadSize..];

    /// <summary>Whether it is the standard target: a verdict or a jump.</summary>
    public bool IsStandardTarget => Bytes[NameOffset] == 0;

    /// <summary>Whether it is the target that begins a chain and ends a table.</summary>
    public bool IsErrorTarget => Bytes[NameOffset] == 'E' && Name.SequenceEqual("ERROR"u8);

    /// <summary>The verdict of the standard target; see <see cref="Model.Verdict"/>.</summary>
    public int Verdict
    {
        get => MemoryMarshal.Read<int>(Payload);
        set => MemoryMarshal.Write(Payload, value);
    }

    /// <summary>Writes a head for a payload of <paramref name="payloadSize"/> bytes and clears the payload.</summary>
    /// <returns>Bytes written: head and padded payload.</returns>
    public static int WriteHead(Span<byte> place, ReadOnlySpan<byte> name, byte revision, int payloadSize)
    {
        int size = SizeFor(payloadSize);
        place[..size].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(place, checked((ushort)size));
        name.CopyTo(place.Slice(NameOffset, MaxName));
        place[RevisionOffset] = revision;
        return size;
    }

    /// <summary>Bytes of a record with a payload of that many: <c>XT_ALIGN</c> rounds up to 8.</summary>
    public static int SizeFor(int payloadSize) => HeadSize + ((payloadSize + 7) & ~7);
}
