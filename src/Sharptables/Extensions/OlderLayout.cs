using System;
using Sharptables.Model;

namespace Sharptables.Extensions;

/// <summary>The layout of an older revision of an extension, for kernels and rules that have that one.</summary>
/// <param name="revision">The revision.</param>
/// <param name="size">The size of its payload in bytes, unpadded.</param>
/// <param name="kernelName">The kernel's name for this revision, if it is not the extension's.</param>
/// <param name="families">The families that have it.</param>
internal abstract class OlderLayout(byte revision, int size, string? kernelName = null, Families families = Families.Both)
{
    public Families Families => families;

    public byte Revision => revision;

    public int Size => size;

    public string KernelNameFor(Extension extension) => kernelName ?? extension.KernelName;

    /// <summary>Converts a payload of the newest layout to this one.</summary>
    /// <returns>Null, or what this revision cannot express, for a message: <c>"--shift needs revision 2"</c>.</returns>
    public abstract string? Narrow(ReadOnlySpan<byte> newest, Span<byte> older);

    /// <summary>Converts a payload of this layout to the newest, which is as <see cref="Extension.Begin"/> leaves it.</summary>
    public abstract void Widen(ReadOnlySpan<byte> older, Span<byte> newest);
}
