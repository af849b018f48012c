using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>
/// Writes messages of nfnetlink (linux/netfilter/nfnetlink.h) one behind another, with their attributes. Numbers are written in network byte order.
/// </summary>
/// <param name="bytes">What to write to.</param>
internal sealed class NetlinkWriter(NativeBuffer bytes)
{
    /// <summary>The size of a message's head: <c>struct nlmsghdr</c> and <c>struct nfgenmsg</c>.</summary>
    public const int HeadSize = 20;

    private const ushort Nested = 0x8000; // NLA_F_NESTED

    private int _message;

    /// <summary>What was written.</summary>
    public NativeBuffer Bytes => bytes;

    /// <summary>Where the next byte is written.</summary>
    public int Length => bytes.Length;

    /// <summary>Begins a message.</summary>
    /// <param name="type">The subsystem and its message, such as <see cref="NfTables.Message.NewRule"/>.</param>
    /// <param name="flags"><c>NLM_F_*</c>.</param>
    /// <param name="sequence">Comes back with what the kernel says of it.</param>
    /// <param name="family"><c>NFPROTO_*</c>.</param>
    /// <param name="resource">A number that the message is about; 0 for most.</param>
    /// <param name="note">A number that the kernel ignores: it stands where a message of the kernel's has the number of its receiver.</param>
    public void Begin(ushort type, ushort flags, uint sequence, byte family, ushort resource = 0, int note = 0)
    {
        _message = bytes.Length;
        Span<byte> head = bytes.Add(HeadSize);
        MemoryMarshal.Write(head[4..], type);
        MemoryMarshal.Write(head[6..], flags);
        MemoryMarshal.Write(head[8..], sequence);
        MemoryMarshal.Write(head[12..], note);
        head[16] = family;
        head[17] = 0; // NFNETLINK_V0
        BinaryPrimitives.WriteUInt16BigEndian(head[18..], resource);
    }

    /// <summary>Begins a batch of changes of nf_tables.</summary>
    /// <param name="sequence">Comes back if the ruleset has changed since the generation.</param>
    /// <param name="generation">The number of the last change that the batch goes by; null: it is right whatever has changed.</param>
    public void BeginBatch(uint sequence, uint? generation)
    {
        Begin(NfTables.Message.BatchBegin, NetlinkSocket.RequestFlag, sequence, family: 0, NfTables.SubsystemNumber);
        if (generation is { } number)
        {
            Put(NfTables.Batch.Generation, number);
        }

        End();
    }

    /// <summary>Ends a batch.</summary>
    public void EndBatch(uint sequence)
    {
        Begin(NfTables.Message.BatchEnd, NetlinkSocket.RequestFlag, sequence, family: 0, NfTables.SubsystemNumber);
        End();
    }

    /// <summary>Ends the message.</summary>
    public void End() => MemoryMarshal.Write(bytes.Slice(_message, 4), bytes.Length - _message);

    /// <summary>Writes an attribute.</summary>
    public void Put(ushort type, ReadOnlySpan<byte> data) => data.CopyTo(Add(type, data.Length));

    /// <summary>Writes a name, with a NUL behind it.</summary>
    public void PutText(ushort type, ReadOnlySpan<byte> text) => text.CopyTo(Add(type, text.Length + 1));

    /// <summary>Writes a name, with a NUL behind it.</summary>
    public void PutText(ushort type, string text) => Encoding.ASCII.GetBytes(text, Add(type, text.Length + 1));

    /// <summary>Writes a number of four bytes.</summary>
    public void Put(ushort type, uint number) => BinaryPrimitives.WriteUInt32BigEndian(Add(type, 4), number);

    /// <summary>Writes a number of two bytes.</summary>
    public void Put(ushort type, ushort number) => BinaryPrimitives.WriteUInt16BigEndian(Add(type, 2), number);

    /// <summary>Writes a number of eight bytes.</summary>
    public void Put(ushort type, ulong number) => BinaryPrimitives.WriteUInt64BigEndian(Add(type, 8), number);

    /// <summary>Adds an attribute whose data, all zero yet, is to be written to the result.</summary>
    public Span<byte> Add(ushort type, int size)
    {
        int padded = NetlinkAttributes.HeadSize + ((size + 3) & ~3);
        Span<byte> place = bytes.Add(padded);
        place.Clear();
        MemoryMarshal.Write(place, checked((ushort)(NetlinkAttributes.HeadSize + size)));
        MemoryMarshal.Write(place[2..], type);
        return place.Slice(NetlinkAttributes.HeadSize, size);
    }

    /// <summary>Writes attributes that were written before, or elsewhere.</summary>
    public void Append(ReadOnlySpan<byte> attributes) => attributes.CopyTo(bytes.Add(attributes.Length));

    /// <summary>Begins an attribute that holds those written until <see cref="EndNest"/>.</summary>
    /// <returns>What <see cref="EndNest"/> is to be given.</returns>
    public int BeginNest(ushort type)
    {
        int start = bytes.Length;
        MemoryMarshal.Write(bytes.Add(NetlinkAttributes.HeadSize)[2..], (ushort)(type | Nested));
        return start;
    }

    /// <summary>Ends an attribute that holds others.</summary>
    /// <exception cref="OverflowException">They have more than 65,531 bytes.</exception>
    public void EndNest(int start) => MemoryMarshal.Write(bytes.Slice(start, 2), checked((ushort)(bytes.Length - start)));
}
