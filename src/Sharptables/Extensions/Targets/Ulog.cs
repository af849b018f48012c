using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j ULOG</c>, in kernels up to 3.16.</summary>
internal sealed class Ulog : Target<UlogInfo>
{
    /// <inheritdoc/>
    public override string Name => "ULOG";

    /// <inheritdoc/>
    public override (int Major, int Minor)? LeftLinux => (3, 17);

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_ULOG";

    /// <inheritdoc/>
    public override string Summary => "Sends the packet to a logging program; since Linux 3.17 {NFLOG} does this.";

    public Ulog() => Options =
    [
        Option("ulog-prefix", new BoundedText<UlogInfo.PrefixText>(1, "Newlines not allowed in --ulog-prefix", placeholder: "prefix"),
            (ref i) => ref i.Prefix, "The beginning of each message, up to 31 bytes.", when: static (in i) => i.Prefix[0] != 0,
            helpRank: 1),
        Option("ulog-nlgroup", new GroupSyntax(), (ref i) => ref i.Groups, "The netlink group that the program listens to.",
            absent: 1),
        Option("ulog-cprange", new Number<ulong>(0, ulong.MaxValue, placeholder: "size"), (ref i) => ref i.CopyRange,
            "How many bytes of the packet to copy; 0 for all.", absent: 0),
        Option("ulog-qthreshold", new Number<ulong>(1, 50, placeholder: "number"), (ref i) => ref i.Threshold,
            "How many packets to collect before sending them.", absent: 1),
    ];

    /// <summary>Always with every field except the prefix.</summary>
    protected override void List(in UlogInfo info, Output output, in Format format)
    {
        output.Write(" ULOG copy_range "u8);
        output.WriteNumber(info.CopyRange);
        output.Write(" nlgroup "u8);
        GroupSyntax.Write(info.Groups, output);
        if (info.Prefix[0] != 0)
        {
            output.Write(" prefix \""u8);
            output.Write(BoundedText<UlogInfo.PrefixText>.Text(info.Prefix));
            output.Write((byte)'"');
        }

        output.Write(" queue_threshold "u8);
        output.WriteNumber(info.Threshold);
    }

    /// <summary>A group from 1 to 32, stored as a bit.</summary>
    private sealed class GroupSyntax : Syntax<uint>
    {
        private static readonly Number<uint> s_number = new(1, 32);

        public override string Placeholder => "nlgroup";

        public static void Write(uint groups, Output output) =>
            output.WriteNumber(groups == 0 ? 0UL : (ulong)BitOperations.TrailingZeroCount(groups) + 1);

        public override void Parse(in Argument argument, ref uint field)
        {
            uint group = 0;
            s_number.Parse(argument, ref group);
            field = 1u << (int)(group - 1);
        }

        public override void Write(in uint field, Output output, in Format format) => Write(field, output);
    }

    /// <inheritdoc/>
    protected override Fate? Act(in UlogInfo info, Packet packet) => Fate.Continue;
}

/// <summary><c>struct ipt_ulog_info</c>, whose header is gone from today's kernels.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct UlogInfo
{
    /// <summary>The netlink group, as a bit.</summary>
    public uint Groups;

    /// <summary>The number of bytes to copy; 0 for all.</summary>
    public ulong CopyRange;

    /// <summary>The number of packets to collect before sending.</summary>
    public ulong Threshold;

    /// <summary>The beginning of each message.</summary>
    public PrefixText Prefix;

    /// <summary><c>char prefix[ULOG_PREFIX_LEN]</c>.</summary>
    [InlineArray(32)]
    public struct PrefixText
    {
        private byte _first;
    }
}
