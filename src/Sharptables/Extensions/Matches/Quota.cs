using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m quota</c>.</summary>
internal sealed class Quota : Match<QuotaInfo>
{
    private static readonly Number<ulong> s_bytes = new(0, ulong.MaxValue, placeholder: "quota");

    /// <inheritdoc/>
    public override string Name => "quota";

    /// <inheritdoc/>
    public override string Summary => "Matches packets until so many bytes have gone by.";

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Bytes);

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("quota", s_bytes, (ref i) => ref i.Bytes, "How many bytes.",
            required: true, invert: Bit((ref i) => ref i.Flags, 1)), // XT_QUOTA_INVERT
    ];

    /// <summary>iptables lists the number with its unit, and not whether it is inverted.</summary>
    protected override void List(in QuotaInfo info, Output output, in Format format)
    {
        output.Write(" quota: "u8);
        s_bytes.Write(info.Bytes, output, format);
        output.Write(" bytes"u8);
    }
}

/// <summary>What <c>-m quota</c> asks, as the kernel has it.</summary>
[KernelStruct("struct xt_quota_info", "linux/netfilter/xt_quota.h")]
[StructLayout(LayoutKind.Sequential)]
public struct QuotaInfo
{
    /// <summary>1: matches once they have gone by.</summary>
    public uint Flags;

    private readonly uint _pad;

    /// <summary>How many bytes.</summary>
    [KernelField("quota")]
    public ulong Bytes;

    private readonly ulong _master; // the kernel's own
}
