using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// Chunk types of an SCTP packet, how many of them it must contain, and the flags that they must have: part of
/// <c>struct xt_sctp_info</c> (linux/netfilter/xt_sctp.h).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct SctpChunks
{
    /// <summary>The number of types, each a bit in the first 32 bytes.</summary>
    public const int TypeCount = 256;

    /// <summary>The number of types with flags.</summary>
    public const int FlagCapacity = 4; // XT_NUM_SCTP_FLAGS

    /// <summary>A bit for each type.</summary>
    public TypeBits Types;

    /// <summary>1 any of them, 2 all of them, 4 only these.</summary>
    public uint Quantity;

    /// <summary>The flags; a free slot has type 255.</summary>
    public FlagBuffer Flags;

    /// <summary>The number of slots in use.</summary>
    public int FlagCount;

    /// <summary>The flags that chunks of a type must have.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FlagSet
    {
        /// <summary>The type.</summary>
        public byte Type;

        /// <summary>The flags that must be set.</summary>
        public byte Set;

        /// <summary>The flags that are compared.</summary>
        public byte Mask;
    }

    /// <summary>A bit for each type of chunk.</summary>
    [InlineArray(TypeCount)]
    public struct TypeBits
    {
        private byte _first;
    }

    /// <summary>Room for the flags of some types.</summary>
    [InlineArray(FlagCapacity)]
    public struct FlagBuffer
    {
        private FlagSet _first;
    }

    /// <summary>Whether a packet with some chunks is meant; the kernel drops it if a chunk is cut off or has no length.</summary>
    internal readonly Answer Ask(ReadOnlySpan<byte> chunks)
    {
        const int Any = 1, All = 2, Only = 4;
        Span<byte> left = stackalloc byte[TypeCount / 8];
        ((ReadOnlySpan<byte>)Types)[..left.Length].CopyTo(left);
        do
        {
            if (chunks.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(chunks[2..]) is 0)
            {
                return Answer.Dropped;
            }

            (byte type, byte flags) = (chunks[0], chunks[1]);
            bool isMeant = (Types[type / 8] & (1 << (type % 8))) != 0 && HasFlags(type, flags);
            if (Quantity == Any && isMeant)
            {
                return Answer.Yes;
            }

            if (Quantity == Only && !isMeant)
            {
                return Answer.No;
            }

            left[type / 8] &= (byte)~(isMeant ? 1 << (type % 8) : 0);
            int length = (BinaryPrimitives.ReadUInt16BigEndian(chunks[2..]) + 3) & ~3;
            chunks = chunks[Math.Min(length, chunks.Length)..];
        }
        while (!chunks.IsEmpty);
        return Quantity == Only || (Quantity == All && left.IndexOfAnyExcept((byte)0) < 0) ? Answer.Yes : Answer.No;
    }

    private readonly bool HasFlags(byte type, byte flags)
    {
        for (int i = 0; i < Math.Min(FlagCount, FlagCapacity); i++)
        {
            if (Flags[i].Type == type)
            {
                return (flags & Flags[i].Mask) == Flags[i].Set;
            }
        }

        return true;
    }
}
