using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m quota</c>.</summary>
internal sealed class Quota : Match<QuotaInfo>
{
    private static readonly Number<ulong> s_bytes = new(0, ulong.MaxValue, placeholder: "quota");

    /// <inheritdoc/>
    public override string Name => "quota";

    /// <inheritdoc/>
    public override string Summary => "Matches packets until a number of bytes is used up.";

    /// <inheritdoc/>
    public override string DependsOn => "how many bytes came before";

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Bytes);

    public Quota() => Options =
    [
        Option("quota", s_bytes, (ref i) => ref i.Bytes, "The number of bytes.",
            required: true, invert: Bit((ref i) => ref i.Flags, 1)), // XT_QUOTA_INVERT
    ];

    /// <summary>iptables lists the number with its unit, but not the inversion.</summary>
    protected override void List(in QuotaInfo info, Output output, in Format format)
    {
        output.Write(" quota: "u8);
        s_bytes.Write(info.Bytes, output, format);
        output.Write(" bytes"u8);
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref QuotaInfo info)
    {
        if (statement is not Statement.Quota quota)
        {
            return false;
        }

        (info.Bytes, info.Flags) = (quota.Bytes, quota.IsOver ? 1u : 0);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in QuotaInfo info, NftText nft) => nft.TryWrite(new Statement.Quota(info.Bytes, (info.Flags & 1) != 0));

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly QuotaInfo info = ref As(payload);
        bool isOver = packet.PossibleOf(Field.Meta.Length).Ask(Values.Beyond(Relation.Greater, info.Bytes)) is Answer.Yes;
        return !isOver ? Answer.Unknown : (info.Flags & 1) != 0 ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m quota</c>.</summary>
[KernelStruct("struct xt_quota_info", "linux/netfilter/xt_quota.h")]
[StructLayout(LayoutKind.Sequential)]
public struct QuotaInfo
{
    /// <summary>1: inverted, so that it matches once the quota is used up.</summary>
    public uint Flags;

    private readonly uint _pad;

    /// <summary>The number of bytes.</summary>
    [KernelField("quota")]
    public ulong Bytes;

    private readonly ulong _master; // private to the kernel
}
