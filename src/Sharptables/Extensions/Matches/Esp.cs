using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m esp</c>.</summary>
public sealed class Esp : Match<Esp.Info>
{
    private static readonly IntervalSyntax<uint> s_indexes = new("spi[:spi]");
    private static readonly Bit<Info> s_others = Bit((ref i) => ref i.Inversion, 1);

    /// <inheritdoc/>
    public override string Name => "esp";

    /// <inheritdoc/>
    public override string Summary => "Matches encrypted packets of IPsec (ESP) by their security association.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [50]);

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("espspi", s_indexes, (ref i) => ref i.Indexes, "The security parameter index, or a range of them.",
            when: static (in i) => !i.Indexes.IsAll || s_others.IsSet(i), invert: s_others),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref Info info, RuleInProgress rule) => info.Indexes = new(0, uint.MaxValue);

    /// <summary>iptables has a range in a form of its own: <c>spis:!1:5</c>.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" esp"u8);
        s_indexes.List(" spi", info.Indexes, s_others.IsSet(info), output, format);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_esp", "linux/netfilter/xt_esp.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The security parameter indexes.</summary>
        public Interval<uint> Indexes;

        /// <summary>1: any other index.</summary>
        public byte Inversion;
    }
}
