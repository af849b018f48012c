using System;
using System.Runtime.InteropServices;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m socket</c>.</summary>
internal sealed class Socket : Match<SocketInfo>
{
    private const byte Transparent = 1 << 0; // XT_SOCKET_*
    private const byte NoWildcard = 1 << 1;
    private const byte RestoreMark = 1 << 2;

    /// <inheritdoc/>
    public override string Name => "socket";

    /// <inheritdoc/>
    public override string Summary => "Matches packets for which this machine has an open socket.";

    /// <inheritdoc/>
    public override string DependsOn => "the sockets of this machine";

    /// <inheritdoc/>
    public override byte Revision => 3;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.PreRouting | Hooks.Input);

    public Socket() => Options =
    [
        Flag("transparent", Asked(Transparent), "Only transparent sockets (IP_TRANSPARENT), which may use foreign addresses.",
            label: " --transparent", since: 1),
        Flag("nowildcard", Asked(NoWildcard), "Also sockets that listen on any address.", label: " --nowildcard", since: 2, helpRank: -1),
        Flag("restore-skmark", Asked(RestoreMark), "Give the packet the mark of the socket.", label: " --restore-skmark", since: 3),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<SocketInfo>(2, static i => (i.Flags & RestoreMark) == 0 ? null : "--restore-skmark needs revision 3"),
        Older<SocketInfo>(1, static i => (i.Flags & (RestoreMark | NoWildcard)) == 0
            ? null
            : "--nowildcard and --restore-skmark need revisions 2 and 3"),
        new WithoutOptions(),
    ];

    private static Switch<SocketInfo> Asked(byte bit) => Bit((ref i) => ref i.Flags, bit);

    /// <inheritdoc/>
    protected override bool Translate(in SocketInfo info, NftText nft)
    {
        // Without the other two, any socket, which nft can only ask with something that every socket has.
        string wildcard = (info.Flags & NoWildcard) == 0 ? " socket wildcard 0" : info.Flags == NoWildcard ? " socket wildcard le 1" : "";
        return nft.Write($"{wildcard}{((info.Flags & Transparent) == 0 ? "" : " socket transparent 1")}{((info.Flags & RestoreMark) == 0 ? "" : " meta mark set socket mark")}");
    }

    /// <summary>Revision 0, of IPv4 only, has no payload.</summary>
    private sealed class WithoutOptions() : OlderLayout(0, 0, families: Families.IPv4)
    {
        public override string? Narrow(ReadOnlySpan<byte> newest, Span<byte> older) =>
            As(newest).Flags == 0 ? null : "--transparent, --nowildcard and --restore-skmark need revisions 1 to 3";

        public override void Widen(ReadOnlySpan<byte> older, Span<byte> newest) => newest.Clear();
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        return Answer.Unknown;
    }
}

/// <summary>The kernel's struct for <c>-m socket</c>.</summary>
[KernelStruct("struct xt_socket_mtinfo3", "linux/netfilter/xt_socket.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SocketInfo
{
    /// <summary><c>XT_SOCKET_*</c>.</summary>
    public byte Flags;
}
