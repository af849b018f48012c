using System;
using Sharptables.Model;

namespace Sharptables.Extensions;

/// <summary>How an older revision of an extension lays out what the newest one says, for kernels, and rules, that have that one.</summary>
/// <param name="revision">The revision.</param>
/// <param name="size">Bytes of its payload, not padded.</param>
/// <param name="kernelName">The name the kernel knows this one by, where that is not the extension's.</param>
/// <param name="families">The families that have it.</param>
internal abstract class OlderLayout(byte revision, int size, string? kernelName = null, Families families = Families.Both)
{
    /// <summary>The families that have it.</summary>
    public Families Families => families;

    /// <summary>The revision.</summary>
    public byte Revision => revision;

    /// <summary>Bytes of its payload, not padded.</summary>
    public int Size => size;

    /// <summary>The name the kernel knows it by.</summary>
    public string KernelNameFor(Extension extension) => kernelName ?? extension.KernelName;

    /// <summary>Writes what the newest layout says in this one.</summary>
    /// <returns>Null, or what this revision cannot say, for a message: <c>"--shift needs revision 2"</c>.</returns>
    public abstract string? Narrow(ReadOnlySpan<byte> newest, Span<byte> older);

    /// <summary>Writes what this layout says in the newest one, which is as <see cref="Extension.Begin"/> leaves it.</summary>
    public abstract void Widen(ReadOnlySpan<byte> older, Span<byte> newest);
}
