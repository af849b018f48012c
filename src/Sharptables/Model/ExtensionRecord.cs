using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A view of a match or target inside a rule: <c>struct xt_entry_match</c> or <c>xt_entry_target</c> (linux/netfilter/x_tables.h)
/// and its payload.
/// </summary>
internal readonly ref struct ExtensionRecord
{
    /// <summary>The longest name, in bytes.</summary>
    public const int MaxName = XtEntryHead.ExtensionName.Length - 1;

    /// <param name="bytes">The record and what follows it: its size is read from its head.</param>
    /// <exception cref="MalformedTableException">The size is less than that of a head, or more than there are bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a walk over a table makes two of each rule
    public ExtensionRecord(Span<byte> bytes)
    {
        int size = bytes.Length < HeadSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (size < HeadSize || size > bytes.Length)
        {
            throw new MalformedTableException("a match or target has an impossible size");
        }

        Bytes = bytes[..size];
    }

    /// <summary>The size of what precedes the payload.</summary>
    public static int HeadSize => Unsafe.SizeOf<XtEntryHead>();

    public Span<byte> Bytes { get; }

    /// <summary>The kernel's name for it; empty for the standard target.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> name = Head.Name;
            int end = name.IndexOf((byte)0);
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>The layout of the payload.</summary>
    public byte Revision => Head.Revision;

    /// <summary>The extension's own struct, padded to 8 bytes.</summary>
    public Span<byte> Payload => Bytes[HeadSize..];

    /// <summary>Whether it is the standard target: a verdict or a jump.</summary>
    public bool IsStandardTarget => Head.Name[0] == 0;

    /// <summary>Whether it is the ERROR target, which begins a chain and ends a table.</summary>
    public bool IsErrorTarget => Head.Name[0] == 'E' && Name.SequenceEqual("ERROR"u8);

    /// <summary>The verdict of the standard target; see <see cref="Model.Verdict"/>.</summary>
    public int Verdict
    {
        get => MemoryMarshal.Read<int>(Payload);
        set => MemoryMarshal.Write(Payload, value);
    }

    /// <summary>Writes a head for a payload of <paramref name="payloadSize"/> bytes and clears the payload.</summary>
    /// <returns>The size of head and padded payload.</returns>
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

    /// <summary>Writes into a record how long it is.</summary>
    public static void WriteSize(Span<byte> record) => MemoryMarshal.AsRef<XtEntryHead>(record).Size = checked((ushort)record.Length);

    public static byte[] HeadFor(string name, byte revision, int payloadSize)
    {
        byte[] record = new byte[SizeFor(payloadSize)];
        _ = WriteHead(record, System.Text.Encoding.ASCII.GetBytes(name), revision, payloadSize);
        return record[..HeadSize];
    }

    /// <summary>The size of a record with such a payload: <c>XT_ALIGN</c> rounds up to 8.</summary>
    public static int SizeFor(int payloadSize) => HeadSize + ((payloadSize + 7) & ~7);

    private ref XtEntryHead Head => ref MemoryMarshal.AsRef<XtEntryHead>(Bytes);
}
