using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TPROXY</c>.</summary>
internal sealed class TProxy : Target<TProxyInfo>
{
    private static readonly MarkMaskSyntax s_mark = new(alwaysMask: true);

    /// <inheritdoc/>
    public override string Name => "TPROXY";

    /// <inheritdoc/>
    public override string Summary => "Delivers the packet to a local socket without changing it.";

    /// <inheritdoc/>
    public override string DependsOn => "the sockets of this machine";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["mangle"], Hooks.PreRouting, [Protocol.Tcp, Protocol.Udp]);

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            0,
            (in TProxyInfo newest, ref InfoIPv4 older) =>
            {
                (older.MarkMask, older.MarkValue, older.Lport) = (newest.MarkMask, newest.MarkValue, newest.Lport);
                older.Laddr = MemoryMarshal.Read<Be32>(InetAddress.Bytes(newest.Laddr, Family.IPv4));
                return null;
            },
            (in InfoIPv4 older, ref TProxyInfo newest) =>
            {
                (newest.MarkMask, newest.MarkValue, newest.Lport) = (older.MarkMask, older.MarkValue, older.Lport);
                MemoryMarshal.Write(InetAddress.Writable(ref newest.Laddr, Family.IPv4), older.Laddr);
            },
            families: Families.IPv4),
    ];

    public TProxy() => Options =
    [
        Option("on-port", new PortNumber(), (ref i) => ref i.Lport,
            "The port of the socket, or 0 for the port the packet goes to.", required: true),
        Option("on-ip", new HostSyntax("ip"), (ref i) => ref i.Laddr,
            "The address of the socket; if not given, that of the interface the packet came in by."),
        new PairOption<TProxyInfo, MarkMask>("tproxy-mark", s_mark, static (in i) => i.Mark, static (ref i, in mark) => i.Mark = mark,
            "The mark to set on the packet, so that routing can recognize it."),
    ];

    /// <summary>iptables lists address and port as one.</summary>
    protected override void List(in TProxyInfo info, Output output, in Format format)
    {
        output.Write(" TPROXY redirect "u8);
        Addresses.Write(output, InetAddress.Bytes(info.Laddr, format.Family));
        output.Write((byte)':');
        output.WriteNumber((ulong)info.Lport.Value);
        output.Write(" mark "u8);
        s_mark.Write(info.Mark, output, format);
    }

    /// <inheritdoc/>
    protected override bool Translate(in TProxyInfo info, NftText nft)
    {
        nft.Write(" tproxy to ");
        if (!InetAddress.IsZero(info.Laddr, nft.Family))
        {
            nft.Write(nft.Family.HasColonsInAddresses ? "[" : "");
            nft.WriteAddress(InetAddress.Bytes(info.Laddr, nft.Family));
            nft.Write(nft.Family.HasColonsInAddresses ? "]" : "");
        }

        bool hasAddress = !InetAddress.IsZero(info.Laddr, nft.Family);
        nft.Write(info.Lport.Value == 0 && hasAddress ? "" : $":{info.Lport.Value}");
        string mark = info.MarkMask == uint.MaxValue ? $"0x{info.MarkValue:x}" : $"meta mark & 0x{~info.MarkMask:x} xor 0x{info.MarkValue:x}";
        nft.Write(info.MarkMask == 0 && info.MarkValue == 0 ? " accept" : $" meta mark set {mark} accept");
        return true;
    }

    /// <summary>The kernel's struct of revision 0, for IPv4 only.</summary>
    [KernelStruct("struct xt_tproxy_target_info", "linux/netfilter/xt_TPROXY.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct InfoIPv4
    {
        /// <summary>The bits of the packet's mark to change.</summary>
        public uint MarkMask;

        /// <summary>Their new value.</summary>
        public uint MarkValue;

        /// <summary>The address of the socket.</summary>
        public Be32 Laddr;

        /// <summary>The port of the socket.</summary>
        public Be16 Lport;
    }

    /// <summary>A packet for which no socket is found is dropped; the others are marked.</summary>
    protected override Fate? Act(in TProxyInfo info, Packet packet) => null;
}

/// <summary>The kernel's struct for <c>-j TPROXY</c>.</summary>
[KernelStruct("struct xt_tproxy_target_info_v1", "linux/netfilter/xt_TPROXY.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TProxyInfo
{
    /// <summary>The bits of the packet's mark to change.</summary>
    public uint MarkMask;

    /// <summary>Their new value.</summary>
    public uint MarkValue;

    /// <summary>The address of the socket.</summary>
    public InetAddress Laddr;

    /// <summary>The port of the socket.</summary>
    public Be16 Lport;

    internal MarkMask Mark
    {
        readonly get => new() { Mark = MarkValue, Mask = MarkMask };
        set => (MarkValue, MarkMask) = (value.Mark, value.Mask);
    }
}
