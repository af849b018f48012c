using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>A value and its mask in a struct that has two values first and then their masks: another value stands between.</summary>
/// <typeparam name="T">The value.</typeparam>
internal struct Interleaved<T>
    where T : unmanaged
{
    /// <summary>The value.</summary>
    public T Value;

    /// <summary>The value, or the mask, of the other one.</summary>
    public T Other;

    /// <summary>Which of its bits count.</summary>
    public T Mask;

    /// <summary>Whether the value or the mask has a bit.</summary>
    public readonly bool IsGiven => HasMask || HasBit(in Value);

    /// <summary>Whether anything of the value counts.</summary>
    public readonly bool HasMask => HasBit(in Mask);

    private static bool HasBit(in T value) => Unsafe.SizeOf<T>() == sizeof(uint)
        ? Unsafe.BitCast<T, uint>(value) != 0
        : MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ContainsAnyExcept((byte)0);
}
