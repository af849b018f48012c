using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m cpu</c>.</summary>
internal sealed class Cpu : Match<CpuInfo>
{
    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the processor that handles them.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public Cpu() => Options =
    [
        Option("cpu", new Number<uint>(0, uint.MaxValue, placeholder: "number"), (ref i) => ref i.Processor,
            "The number of the processor, counted from 0.",
            of: Field.Meta.Processor, required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: " cpu ", invertedLabel: " cpu ! "),
    ];
}

/// <summary>The kernel's struct for <c>-m cpu</c>.</summary>
[KernelStruct("struct xt_cpu_info", "linux/netfilter/xt_cpu.h")]
[StructLayout(LayoutKind.Sequential)]
public struct CpuInfo
{
    /// <summary>The processor, from 0.</summary>
    [KernelField("cpu")]
    public uint Processor;

    /// <summary>1: any other processor.</summary>
    [KernelField("invert")]
    public uint Inversion;
}
