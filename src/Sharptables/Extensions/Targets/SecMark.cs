using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j SECMARK</c>.</summary>
internal sealed class SecMark : Target<SecMarkInfo>
{
    private const byte SeLinux = 1; // SECMARK_MODE_SEL

    /// <inheritdoc/>
    public override string Name => "SECMARK";

    /// <inheritdoc/>
    public override string Summary => "Gives the packet a security mark for SELinux.";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle", "security"]);

    /// <summary>The number of the context is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Context);

    public SecMark() => Options =
    [
        Option("selctx", new BoundedText<SecMarkInfo.ContextName>(isName: true, placeholder: "value"), (ref i) => ref i.Context,
            "The SELinux security context.", required: true),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            0,
            static (in SecMarkInfo i, ref Info0 old) =>
            {
                (old.Mode, old.SecId, old.Context) = (i.Mode, i.SecId, i.Context);
                return null;
            },
            static (in Info0 old, ref SecMarkInfo i) => (i.Mode, i.SecId, i.Context) = (old.Mode, old.SecId, old.Context)),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref SecMarkInfo info) => info.Mode = SeLinux;

    [KernelStruct("struct xt_secmark_target_info", "linux/netfilter/xt_SECMARK.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info0
    {
        public byte Mode;
        [KernelField("secid")]
        public uint SecId;
        [KernelField("secctx")]
        public SecMarkInfo.ContextName Context;
    }

    /// <inheritdoc/>
    protected override Fate? Act(in SecMarkInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j SECMARK</c>.</summary>
[KernelStruct("struct xt_secmark_target_info_v1", "linux/netfilter/xt_SECMARK.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SecMarkInfo
{
    /// <summary>The security module: <c>SECMARK_MODE_SEL</c>.</summary>
    public byte Mode;

    /// <summary>The security context.</summary>
    [KernelField("secctx")]
    public ContextName Context;

    /// <summary>Private to the kernel.</summary>
    [KernelField("secid")]
    public uint SecId;

    /// <summary><c>char secctx[SECMARK_SECCTX_MAX]</c>.</summary>
    [InlineArray(256)]
    public struct ContextName
    {
        private byte _first;
    }
}
