using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m connmark</c>.</summary>
internal sealed class ConnMark : Match<ConnMarkInfo>
{
    /// <inheritdoc/>
    public override string Name => "connmark";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the mark of their connection.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 1;

    public ConnMark() => Options =
    [
        Option("mark", new MarkMaskSyntax(), (ref i) => ref i.Mark, "The mark, and a mask of the bits to compare.",
            of: Field.Ct.Mark, required: true, invert: Bit((ref i) => ref i.Invert, 1), label: " connmark match  ", invertedLabel: " connmark match ! "),
    ];
}

/// <summary>The kernel's struct for <c>-m connmark</c>.</summary>
[KernelStruct("struct xt_connmark_mtinfo1", "linux/netfilter/xt_connmark.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ConnMarkInfo
{
    /// <summary>The mark and its mask.</summary>
    public MarkMask Mark;

    /// <summary>1: any other mark.</summary>
    public byte Invert;
}
