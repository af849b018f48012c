using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TPROXY</c>.</summary>
/// <param name="family">The family of the rules.</param>
public sealed class TProxy(Family family) : Target<TProxy.Info>
{
    /// <inheritdoc/>
    public override string Name => "TPROXY";

    /// <inheritdoc/>
    public override string Summary => "Hands the packet to a local socket without changing it.";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["mangle"], Hooks.PreRouting, [Protocol.Tcp, Protocol.Udp]);

    /// <inheritdoc/>
    public override OlderLayout[] OlderLayouts { get; } = family == Family.IPv6 ? [] :
    [
        Older(
            0,
            (in Info newest, ref InfoIPv4 older) =>
            {
                older.MarkMask = newest.MarkMask;
                older.MarkValue = newest.MarkValue;
                older.Laddr = MemoryMarshal.Read<Be32>(InetAddress.Bytes(newest.Laddr, Family.IPv4));
                older.Lport = newest.Lport;
                return null;
            },
            (in InfoIPv4 older, ref Info newest) =>
            {
                newest.MarkMask = older.MarkMask;
                newest.MarkValue = older.MarkValue;
                MemoryMarshal.Write(InetAddress.Writable(ref newest.Laddr, Family.IPv4), older.Laddr);
                newest.Lport = older.Lport;
            }),
    ];

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("on-port", new Port(), (ref i) => ref i.Lport,
            "The port of the socket, or 0 for the port the packet goes to.", required: true),
        Option("on-ip", new HostSyntax("ip"), (ref i) => ref i.Laddr,
            "The address of the socket; without it the one of the interface the packet came in by."),
        Option("tproxy-mark", new Mark(), (ref i) => ref i, "The mark that the packet is given, so that routing can tell it."),
    ];

    /// <summary>iptables lists address and port as one.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" TPROXY redirect "u8);
        Addresses.Write(output, InetAddress.Bytes(info.Laddr, format.Family));
        output.Write((byte)':');
        output.WriteNumber((ulong)info.Lport.Value);
        output.Write(" mark "u8);
        Mark.Text.Write(info.Pair, output, format);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_tproxy_target_info_v1", "linux/netfilter/xt_TPROXY.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The bits of the packet's mark that are set anew.</summary>
        public uint MarkMask;

        /// <summary>What they are set to.</summary>
        public uint MarkValue;

        /// <summary>The address of the socket.</summary>
        public InetAddress Laddr;

        /// <summary>The port of the socket.</summary>
        public Be16 Lport;

        internal readonly MarkMask Pair => new() { Mark = MarkValue, Mask = MarkMask };
    }

    /// <summary>The kernel's struct of revision 0, for IPv4 only.</summary>
    [KernelStruct("struct xt_tproxy_target_info", "linux/netfilter/xt_TPROXY.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct InfoIPv4
    {
        /// <summary>The bits of the packet's mark that are set anew.</summary>
        public uint MarkMask;

        /// <summary>What they are set to.</summary>
        public uint MarkValue;

        /// <summary>The address of the socket.</summary>
        public Be32 Laddr;

        /// <summary>The port of the socket.</summary>
        public Be16 Lport;
    }

    /// <summary>A port, by number or service; iptables cuts what is larger than 65535 and goes on.</summary>
    private sealed class Port : Syntax<Be16>
    {
        public override string Placeholder => "port";

        public override void Parse(in Argument argument, ref Be16 field) => field = PortText.TryReadOfAny(argument.Text, argument.Names, out ushort port)
            ? new Be16(port)
            : throw new UsageException($"Port \"{argument.Word}\" does not resolve to anything.\n");

        public override void Write(in Be16 field, Output output, in Format format) => output.WriteNumber((ulong)field.Value);
    }

    /// <summary>A mark with a mask; the struct has the two the other way round than most.</summary>
    private sealed class Mark : Syntax<Info>
    {
        public static MarkMaskSyntax Text { get; } = new(alwaysMask: true);

        public override string Placeholder => Text.Placeholder;

        public override void Parse(in Argument argument, ref Info field)
        {
            MarkMask pair = default;
            Text.Parse(argument, ref pair);
            field.MarkValue = pair.Mark;
            field.MarkMask = pair.Mask;
        }

        public override void Write(in Info field, Output output, in Format format) => Text.Write(field.Pair, output, format);
    }
}
