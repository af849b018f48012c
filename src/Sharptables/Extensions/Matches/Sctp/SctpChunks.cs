using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// Types of chunks of an SCTP packet, how many of them it must hold, and what flags they must have: part of
/// <c>struct xt_sctp_info</c> (linux/netfilter/xt_sctp.h).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct SctpChunks
{
    /// <summary>How many types there can be, and bytes of which the first 32 have a bit for each.</summary>
    public const int TypeCount = 256;

    /// <summary>For how many types there is room for flags.</summary>
    public const int FlagCapacity = 4; // XT_NUM_SCTP_FLAGS

    /// <summary>A bit for each type.</summary>
    public TypeBits Types;

    /// <summary>1 any of them, 2 all of them, 4 only such.</summary>
    public uint Quantity;

    /// <summary>The flags; a place that is free has the type 255.</summary>
    public FlagBuffer Flags;

    /// <summary>How many of the places for flags are in use.</summary>
    public int FlagCount;

    /// <summary>What flags the chunks of a type must have.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FlagSet
    {
        /// <summary>The type.</summary>
        public byte Type;

        /// <summary>Those that must be set.</summary>
        public byte Set;

        /// <summary>Those that count.</summary>
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
