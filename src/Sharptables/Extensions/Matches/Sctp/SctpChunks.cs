using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
}
