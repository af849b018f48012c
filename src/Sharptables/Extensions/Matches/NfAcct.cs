using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m nfacct</c>.</summary>
internal sealed class NfAcct : Match<NfAcctInfo>
{
    /// <inheritdoc/>
    public override string Name => "nfacct";

    /// <inheritdoc/>
    public override string DependsOn => "the quota of the kernel's counter";

    /// <inheritdoc/>
    public override string Summary => "Matches every packet; counts it in a counter made by nfacct(8).";

    /// <inheritdoc/>
    public override bool AsksForNamed => true;

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <summary>Revision 0 is the same on 64-bit machines.</summary>
    protected override OlderLayout[] Layouts { get; } = [Older<NfAcctInfo>(0, static _ => null)];

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Object);

    public NfAcct() => Options =
    [
        Option("nfacct-name", new ObjectName(), (ref i) => ref i.Object,
            "The name of the counter, which must exist already.", required: true),
    ];

    /// <summary>iptables lists it after two blanks.</summary>
    private sealed class ObjectName : Syntax<NfAcctInfo.CounterName>
    {
        private static readonly BoundedText<NfAcctInfo.CounterName> s_text = new(minimum: 1, placeholder: "STRING");

        public override string Placeholder => s_text.Placeholder;

        public override void Parse(in Argument argument, ref NfAcctInfo.CounterName field) => s_text.Parse(argument, ref field);

        public override void Write(in NfAcctInfo.CounterName field, Output output, in Format format)
        {
            output.Write((byte)' ');
            s_text.Write(field, output, format);
        }
    }
}

/// <summary>The kernel's struct for <c>-m nfacct</c>.</summary>
[KernelStruct("struct xt_nfacct_match_info_v1", "linux/netfilter/xt_nfacct.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NfAcctInfo
{
    /// <summary>The counter's name.</summary>
    [KernelField("name")]
    public CounterName Object;

    private readonly ulong _nfacct; // private to the kernel

    /// <summary>A counter's name (NFACCT_NAME_MAX).</summary>
    [InlineArray(32)]
    public struct CounterName
    {
        private byte _first;
    }
}
