using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m mark</c>.</summary>
internal sealed class Mark : Match<MarkInfo>
{
    /// <inheritdoc/>
    public override string Name => "mark";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by their mark.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 1;

    public Mark() => Native = Options =
    [
        Option("mark", new MarkMaskSyntax(), (ref i) => ref i.Mark, "The mark, and a mask of the bits to compare.",
            of: Field.Meta.Mark, required: true, invert: Bit((ref i) => ref i.Invert, 1), label: " mark match ", invertedLabel: " mark match ! "),
    ];
}

/// <summary>The kernel's struct for <c>-m mark</c>.</summary>
[KernelStruct("struct xt_mark_mtinfo1", "linux/netfilter/xt_mark.h")]
[StructLayout(LayoutKind.Sequential)]
public struct MarkInfo
{
    /// <summary>The mark and its mask.</summary>
    public MarkMask Mark;

    /// <summary>1: any other mark.</summary>
    public byte Invert;
}
