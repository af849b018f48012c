using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ipcomp</c>.</summary>
internal sealed class IpComp : Match<IpCompInfo>
{
    private static readonly IntervalSyntax<uint> s_indexes = new("spi[:spi]");

    /// <inheritdoc/>
    public override string Name => "ipcomp";

    /// <inheritdoc/>
    public override string HelpHeading => "comp match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches compressed IP packets (IPComp) by their compression parameter index.";

    /// <inheritdoc/>
    public override string ListedAs => " comp";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.IpComp]);

    /// <summary>The index is always saved, since without the option it is 0 here, not any.</summary>
    public IpComp() => Options =
    [
        Option("ipcompspi", s_indexes, (ref i) => ref i.Indexes, "The index, or a range of indexes; 0 if not given.",
            of: Field.IPsec.CompressionIndex, invert: Bit((ref i) => ref i.Inversion, 1), label: " spi", listing: s_indexes.List),
        Flag("compres", Bit((ref i) => ref i.Reserved, 1), "The reserved field is zero; kernels ignore this.", idle: true, label: " reserved"),
    ];
}

/// <summary>The kernel's struct for <c>-m ipcomp</c>.</summary>
[KernelStruct("struct xt_ipcomp", "linux/netfilter/xt_ipcomp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct IpCompInfo
{
    /// <summary>The compression parameter indexes.</summary>
    public Interval<uint> Indexes;

    /// <summary>1: any other index.</summary>
    public byte Inversion;

    /// <summary>1: the reserved field must be zero.</summary>
    public byte Reserved;
}
