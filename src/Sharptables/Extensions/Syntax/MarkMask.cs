using System.Runtime.InteropServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>A packet mark and which of its bits count, as the kernel's structs have them side by side.</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct MarkMask
{
    /// <summary>The mark.</summary>
    public uint Mark;

    /// <summary>The bits that count.</summary>
    public uint Mask;
}
