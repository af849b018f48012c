using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>The kernel's struct for <c>-m string</c>.</summary>
[KernelStruct("struct xt_string_info", "linux/netfilter/xt_string.h")]
[StructLayout(LayoutKind.Sequential)]
public struct StringInfo
{
    /// <summary>Where the search begins.</summary>
    [KernelField("from_offset")]
    public ushort From;

    /// <summary>Where the search ends.</summary>
    [KernelField("to_offset")]
    public ushort To;

    /// <summary>The search algorithm.</summary>
    [KernelField("algo")]
    public AlgorithmName Algorithm;

    /// <summary>The pattern.</summary>
    [KernelField("pattern")]
    public Pattern Sought;

    /// <summary>1: inverted; 2: case is ignored.</summary>
    [KernelField("u.v1.flags")]
    public byte Flags;

    private readonly ulong _config; // private to the kernel

    /// <summary>A pattern and its length.</summary>
    public struct Pattern
    {
        /// <summary>The bytes.</summary>
        public PatternBytes Bytes;

        /// <summary>How many they are.</summary>
        public byte Length;

        /// <summary>The bytes in use.</summary>
        [UnscopedRef]
        internal readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)Bytes)[..Math.Min(Length, (byte)PatternBytes.Size)];
    }

    /// <summary>The name of an algorithm (XT_STRING_MAX_ALGO_NAME_SIZE).</summary>
    [InlineArray(16)]
    public struct AlgorithmName
    {
        private byte _first;
    }

    /// <summary>The bytes of a pattern (XT_STRING_MAX_PATTERN_SIZE).</summary>
    [InlineArray(Size)]
    public struct PatternBytes
    {
        /// <summary>The most there may be.</summary>
        public const int Size = 128;

        private byte _first;
    }
}
