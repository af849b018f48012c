using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>A packet mark and which of its bits count, as the kernel's structs have them side by side.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct MarkMask : IValues
{
    /// <summary>The mark.</summary>
    public uint Mark;

    /// <summary>The bits that count.</summary>
    public uint Mask;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.WithMask(field, Mark, Mask);
}
