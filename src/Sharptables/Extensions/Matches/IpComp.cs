using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ipcomp</c>.</summary>
public sealed class IpComp : Match<IpComp.Info>
{
    private static readonly IntervalSyntax<uint> s_indexes = new("spi[:spi]");
    private static readonly Bit<Info> s_others = Bit((ref i) => ref i.Inversion, 1);

    /// <inheritdoc/>
    public override string Name => "ipcomp";

    /// <inheritdoc/>
    public override string HelpHeading => "comp match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches compressed IP packets (IPComp) by their compression parameter index.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [108]);

    /// <summary>The index is always saved, for none given is 0 here.</summary>
    public override Option[] Options { get; } =
    [
        Option("ipcompspi", s_indexes, (ref i) => ref i.Indexes, "The index, or a range of indexes; 0 when it is not given.",
            invert: s_others),
        Flag("compres", Bit((ref i) => ref i.Reserved, 1), "The reserved field is zero; kernels do not look at it.", label: " reserved"),
    ];

    /// <summary>iptables calls it <c>comp</c>, and has a range in a form of its own: <c>spis:!1:5</c>.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" comp"u8);
        s_indexes.List(" spi", info.Indexes, s_others.IsSet(info), output, format);
        ListOptions(info, output, format, from: 1);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_ipcomp", "linux/netfilter/xt_ipcomp.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The compression parameter indexes.</summary>
        public Interval<uint> Indexes;

        /// <summary>1: any other index.</summary>
        public byte Inversion;

        /// <summary>1: the reserved field counts.</summary>
        public byte Reserved;
    }
}
