using System;
using System.Diagnostics.CodeAnalysis;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>A BPF program.</summary>
internal struct BpfProgram
{
    /// <summary>How many instructions there are.</summary>
    public ushort Count;

    /// <summary>The instructions.</summary>
    public BpfInfo.Instructions Instructions;

    /// <summary>The instructions in use.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<BpfInstruction> Used =>
        ((ReadOnlySpan<BpfInstruction>)Instructions)[..Math.Min(Count, (ushort)BpfBytecode.MaxInstructions)];
}
