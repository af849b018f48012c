using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m esp</c>.</summary>
internal sealed class Esp : Match<EspInfo>
{
    private static readonly IntervalSyntax<uint> s_indexes = new("spi[:spi]");

    /// <inheritdoc/>
    public override string Name => "esp";

    /// <inheritdoc/>
    public override string Summary => "Matches IPsec's encrypted packets (ESP) by their security association.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Esp]);

    public Esp() => Options =
    [
        Option("espspi", s_indexes, (ref i) => ref i.Indexes, "The security parameter index, or a range of them.",
            of: Field.IPsec.EspIndex, absent: Interval<uint>.All, invert: Bit((ref i) => ref i.Inversion, 1), label: " spi", listing: s_indexes.List),
    ];
}

/// <summary>The kernel's struct for <c>-m esp</c>.</summary>
[KernelStruct("struct xt_esp", "linux/netfilter/xt_esp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct EspInfo
{
    /// <summary>The security parameter indexes.</summary>
    public Interval<uint> Indexes;

    /// <summary>1: any other index.</summary>
    public byte Inversion;
}
