using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A view of a match or target inside a rule: <c>struct xt_entry_match</c> or <c>xt_entry_target</c> (linux/netfilter/x_tables.h) and
/// its payload.
/// </summary>
internal readonly ref struct ExtensionRecord
{
    /// <summary>Longest name, in bytes.</summary>
    public const int MaxName = XtEntryHead.ExtensionName.Length - 1;

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

    /// <summary>Bytes in front of the payload.</summary>
    public static int HeadSize => Unsafe.SizeOf<XtEntryHead>();

    /// <summary>Head and payload.</summary>
    public Span<byte> Bytes { get; }

    /// <summary>The name that the kernel knows it by; empty for the standard target.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> name = Head.Name;
            int end = name.IndexOf((byte)0);
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>Which layout the payload has.</summary>
    public byte Revision => Head.Revision;

    /// <summary>The extension's own struct, padded to 8 bytes.</summary>
    public Span<byte> Payload => Bytes[HeadSize..];

    /// <summary>Whether it is the standard target: a verdict or a jump.</summary>
    public bool IsStandardTarget => Head.Name[0] == 0;

    /// <summary>Whether it is the target that begins a chain and ends a table.</summary>
    public bool IsErrorTarget => Head.Name[0] == 'E' && Name.SequenceEqual("ERROR"u8);

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
        ref XtEntryHead head = ref MemoryMarshal.AsRef<XtEntryHead>(place);
        head.Size = checked((ushort)size);
        name.CopyTo(head.Name[..MaxName]);
        head.Revision = revision;
        return size;
    }

    /// <summary>The head of a record with a payload of <paramref name="payloadSize"/> bytes.</summary>
    public static byte[] HeadFor(string name, byte revision, int payloadSize)
    {
        byte[] record = new byte[SizeFor(payloadSize)];
        _ = WriteHead(record, System.Text.Encoding.ASCII.GetBytes(name), revision, payloadSize);
        return record[..HeadSize];
    }

    /// <summary>Bytes of a record with a payload of that many: <c>XT_ALIGN</c> rounds up to 8.</summary>
    public static int SizeFor(int payloadSize) => HeadSize + ((payloadSize + 7) & ~7);

    private ref XtEntryHead Head => ref MemoryMarshal.AsRef<XtEntryHead>(Bytes);
}
