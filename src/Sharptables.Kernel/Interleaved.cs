using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>A value and its mask, in a struct that has two values first and then the mask of each.</summary>
internal struct Interleaved<T>
    where T : unmanaged
{
    public T Value;

    /// <summary>The other value, or its mask.</summary>
    public T Other;

    /// <summary>The bits of <see cref="Value"/> that are compared.</summary>
    public T Mask;

    /// <summary>Whether value or mask has any bit set.</summary>
    public readonly bool IsGiven => HasMask || HasBit(in Value);

    public readonly bool HasMask => HasBit(in Mask);

    private static bool HasBit(in T value) => Unsafe.SizeOf<T>() == sizeof(uint)
        ? Unsafe.BitCast<T, uint>(value) != 0
        : MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ContainsAnyExcept((byte)0);
}
