using System.Numerics;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j SYNPROXY</c>.</summary>
internal sealed class SynProxy : Target<SynProxyInfo>
{
    /// <inheritdoc/>
    public override string Name => "SYNPROXY";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_SYNPROXY";

    /// <inheritdoc/>
    public override string Summary => "Answers for the server until a client has proved that its address is its own.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.Input | Hooks.Forward, Protocols: [Protocol.Tcp]);

    public SynProxy() => Options =
    [
        Flag("sack-perm", Bit((ref i) => ref i.Options, 1 << 2), "Offers selective acknowledgements."),
        Flag("timestamp", Bit((ref i) => ref i.Options, 1 << 3), "Offers timestamps."),
        Option("wscale", new NarrowNumber<byte>(), (ref i) => ref i.WindowScale, "The window scale that the server offers.",
            present: Bit((ref i) => ref i.Options, 1 << 1)),
        Option("mss", new NarrowNumber<ushort>(), (ref i) => ref i.MaximumSegmentSize,
            "The maximum segment size that the server offers, in bytes.", present: Bit((ref i) => ref i.Options, 1 << 0)),
        Flag("ecn", Bit((ref i) => ref i.Options, 1 << 4), "Offers explicit congestion notification."),
    ];

    /// <summary>Followed by a blank.</summary>
    protected override void List(in SynProxyInfo info, Output output, in Format format)
    {
        base.List(info, output, format);
        output.Write((byte)' ');
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref SynProxyInfo info)
    {
        if (statement is not Statement.SynProxy { Flags: < 16 } proxy)
        {
            return false;
        }

        (info.MaximumSegmentSize, info.WindowScale, info.Options) = (proxy.SegmentSize, proxy.WindowScale, (byte)proxy.Flags);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in SynProxyInfo info, NftText nft)
    {
        nft.Write((info.Options & (1 << 2)) != 0 ? " synproxy sack-perm" : " synproxy");
        nft.Write((info.Options & (1 << 3)) != 0 ? " timestamp" : "");
        nft.Write((info.Options & (1 << 1)) != 0 ? $" wscale {info.WindowScale}" : "");
        nft.Write((info.Options & (1 << 0)) != 0 ? $" mss {info.MaximumSegmentSize}" : "");
        return (info.Options & (1 << 4)) == 0; // nft has no word for ECN
    }

    /// <summary>A number that iptables reads as 32 bits and silently truncates to the field; here it must fit.</summary>
    private sealed class NarrowNumber<T> : Syntax<T>
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        private static readonly Number<uint> s_number = new(0, uint.MaxValue);

        public override string Placeholder => "value";

        public override void Parse(in Argument argument, ref T field)
        {
            uint value = 0;
            s_number.Parse(argument, ref value);
            if (value > uint.CreateTruncating(T.MaxValue))
            {
                throw argument.Refuse($"bad value for option \"--{argument.Option.FullName}\", or out of range (0-{T.MaxValue}).\n");
            }

            field = T.CreateTruncating(value);
        }

        public override void Write(in T field, Output output, in Format format) => output.WriteNumber(ulong.CreateTruncating(field));
    }

    /// <summary>It answers what opens a connection; and what answers that, if the number in it is right.</summary>
    protected override Fate? Act(in SynProxyInfo info, Packet packet)
    {
        const byte Fin = 1, Syn = 2, Reset = 4, Ack = 16;
        if (packet.Has(Header.Tcp) is not Answer.Yes)
        {
            return Fate.Drop;
        }

        Answer opens = Field.Tcp.Flags.Ask(packet, Values.Masked(Syn, Fin | Syn | Reset | Ack)) ?? Answer.Unknown;
        Answer answers = Field.Tcp.Flags.Ask(packet, Values.Masked(Ack, Fin | Syn | Reset | Ack)) ?? Answer.Unknown;
        return opens is Answer.Yes ? Fate.Stolen : opens is Answer.No && answers is Answer.No ? Fate.Continue : null;
    }
}

/// <summary>The kernel's struct for <c>-j SYNPROXY</c>.</summary>
[KernelStruct("struct nf_synproxy_info", "linux/netfilter/nf_synproxy.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SynProxyInfo
{
    /// <summary>What is offered: <c>NF_SYNPROXY_OPT_*</c>.</summary>
    public byte Options;

    /// <summary>0 to 14 (RFC 7323).</summary>
    [KernelField("wscale")]
    public byte WindowScale;

    /// <summary>In bytes.</summary>
    [KernelField("mss")]
    public ushort MaximumSegmentSize;
}
