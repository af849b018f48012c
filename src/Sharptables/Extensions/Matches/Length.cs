using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m length</c>.</summary>
internal sealed class Length : Match<LengthInfo>
{
    /// <inheritdoc/>
    public override string Name => "length";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by their length.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public Length() => Options =
    [
        Option("length", new IntervalSyntax<ushort>("length[:length]"), (ref i) => ref i.Length,
            "The length in bytes of the packet with its IP header, or a range of lengths.",
            of: Field.Meta.Length, required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: " length ", invertedLabel: " length !"),
    ];
}

/// <summary>The kernel's struct for <c>-m length</c>.</summary>
[KernelStruct("struct xt_length_info", "linux/netfilter/xt_length.h")]
[StructLayout(LayoutKind.Sequential)]
public struct LengthInfo
{
    /// <summary>The least and the greatest length, in bytes.</summary>
    public Interval<ushort> Length;

    /// <summary>1: any other length.</summary>
    public byte Inversion;
}
