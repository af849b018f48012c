using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j NFQUEUE</c>.</summary>
internal sealed class NfQueue : Target<NfQueueInfo>
{
    private const ushort Bypass = 1 << 0; // NFQ_FLAG_BYPASS
    private const ushort FanOut = 1 << 1; // NFQ_FLAG_CPU_FANOUT

    private readonly Option _balance;

    /// <inheritdoc/>
    public override string Name => "NFQUEUE";

    /// <inheritdoc/>
    public override string Summary => "Lets a program that listens on a netlink socket decide about the packet.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 3;

    public NfQueue() => Options =
    [
        .. OneOf(
            Option("queue-num", new Number<ushort>(0, ushort.MaxValue, placeholder: "value"), (ref i) => ref i.Queues.First,
                "The number of the queue, 0 to 65535.", when: static (in i) => i.Queues.Count <= 1, label: " NFQUEUE num "),
            _balance = Option("queue-balance", new BalanceSyntax(), (ref i) => ref i.Queues, "Distributes connections over these queues.",
                when: static (in i) => i.Queues.Count > 1, label: " NFQUEUE balance ", since: 1)),
        Flag("queue-bypass", Bit((ref i) => ref i.Flags, Bypass), "Lets packets go on to the next rule if no program listens.",
            label: " bypass", since: 2),
        Flag("queue-cpu-fanout", Bit((ref i) => ref i.Flags, FanOut), "Chooses the queue by the CPU that handles the packet.",
            label: " cpu-fanout", needs: [_balance], since: 3),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<NfQueueInfo>(2, static i => (i.Flags & FanOut) == 0 ? null : "--queue-cpu-fanout needs revision 3"),
        Older<Info1>(1, static i => i.Flags == 0 ? null : "--queue-bypass needs revision 2"),
        Older<Info0>(0, static i => i.Flags != 0 ? "--queue-bypass needs revision 2"
            : i.Queues.Count == 1 ? null : "--queue-balance needs revision 1"),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref NfQueueInfo info) => info.Queues.Count = 1;

    /// <inheritdoc/>
    protected override string? Misuse(in NfQueueInfo info, in Format format) =>
        info.Queues.Count == 0 ? "--queue-balance may have 65535 queues at most" : null;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref NfQueueInfo info)
    {
        if (statement is not Statement.Queue queue)
        {
            return false;
        }

        info.Queues = new() { First = queue.First, Count = (ushort)(queue.Last - queue.First + 1) };
        info.Flags = queue.Flags;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in NfQueueInfo info, NftText nft) =>
        nft.TryWrite(new Statement.Queue(info.Queues.First, (ushort)(info.Queues.First + Math.Max(info.Queues.Count, (ushort)1) - 1), info.Flags));

    [KernelStruct("struct xt_NFQ_info_v1", "linux/netfilter/xt_NFQUEUE.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info1
    {
        [KernelField("queuenum")]
        public NfQueueInfo.QueueSpan Queues;
    }

    [KernelStruct("struct xt_NFQ_info", "linux/netfilter/xt_NFQUEUE.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info0
    {
        [KernelField("queuenum")]
        public ushort Queue;
    }

    /// <summary>The first and the last of several queues.</summary>
    private sealed class BalanceSyntax : Syntax<NfQueueInfo.QueueSpan>
    {
        private static readonly IntervalSyntax<ushort> s_numbers = new(isOrdered: false);

        public override string Placeholder => "first:last";

        public override void Parse(in Argument argument, ref NfQueueInfo.QueueSpan field)
        {
            Interval<ushort> queues = default;
            s_numbers.Parse(argument, ref queues);
            if (!argument.Text.Contains((byte)':'))
            {
                throw new UsageException($"Bad range \"{argument.Word}\"");
            }

            if (queues.First >= queues.Last)
            {
                throw new UsageException($"{queues.First} should be less than {queues.Last}");
            }

            (field.First, field.Count) = (queues.First, (ushort)(queues.Last - queues.First + 1));
        }

        public override void Write(in NfQueueInfo.QueueSpan field, Output output, in Format format)
        {
            output.WriteNumber((ulong)field.First);
            output.Write((byte)':');
            output.WriteNumber((ulong)(field.First + field.Count - 1));
        }
    }

    /// <inheritdoc/>
    protected override Fate? Act(in NfQueueInfo info, Packet packet) => Fate.Queue;
}

/// <summary>
/// The kernel's struct for <c>-j NFQUEUE</c>; <c>struct xt_NFQ_info_v2</c> has a field of its own for the first flag.
/// </summary>
[KernelStruct("struct xt_NFQ_info_v3", "linux/netfilter/xt_NFQUEUE.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NfQueueInfo
{
    /// <summary>The queues, usually one.</summary>
    [KernelField("queuenum")]
    public QueueSpan Queues;

    /// <summary><c>NFQ_FLAG_*</c>.</summary>
    public ushort Flags;

    /// <summary>Queues with consecutive numbers.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct QueueSpan
    {
        /// <summary>The first.</summary>
        public ushort First;

        /// <summary>How many there are.</summary>
        public ushort Count;
    }
}
