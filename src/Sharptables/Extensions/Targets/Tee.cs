using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TEE</c>.</summary>
internal sealed class Tee : Target<TeeInfo>
{
    /// <inheritdoc/>
    public override string Name => "TEE";

    /// <inheritdoc/>
    public override string Summary => "Sends a copy of the packet to another machine of the same network.";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Device);

    public Tee() => Options =
    [
        Option("gateway", new HostSyntax("IPADDR"), (ref i) => ref i.Gateway, "The machine that receives the copy.",
            required: true, label: " gw:"),
        Option("oif", new BoundedText<DeviceName>(isName: true, placeholder: "NAME"), (ref i) => ref i.Device,
            "The device to send the copy through.", when: static (in i) => i.Device[0] != 0, label: " oif="),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in TeeInfo info, in Format format) =>
        InetAddress.IsZero(info.Gateway, format.Family) ? "no copy can be sent to an address that is all zero" : null;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref TeeInfo info)
    {
        if (statement is not Statement.Duplicate { Device.Length: < 16 } copy)
        {
            return false;
        }

        copy.Gateway.CopyTo(MemoryMarshal.AsBytes(new Span<InetAddress>(ref info.Gateway)));
        copy.Device.CopyTo((Span<byte>)info.Device);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in TeeInfo info, NftText nft) => nft.TryWrite(new Statement.Duplicate(
        InetAddress.Bytes(info.Gateway, nft.Family).ToArray(), BoundedText<DeviceName>.Text(info.Device).ToArray()));

    /// <inheritdoc/>
    protected override Fate? Act(in TeeInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j TEE</c>.</summary>
[KernelStruct("struct xt_tee_tginfo", "linux/netfilter/xt_TEE.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TeeInfo
{
    /// <summary>The machine that receives the copy.</summary>
    [KernelField("gw")]
    public InetAddress Gateway;

    /// <summary>The device to send it through; empty for any.</summary>
    [KernelField("oif")]
    public DeviceName Device;

    /// <summary>Private to the kernel.</summary>
    [KernelField("priv")]
    public ulong Private;
}
