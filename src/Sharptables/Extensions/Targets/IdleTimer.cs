using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j IDLETIMER</c>.</summary>
internal sealed class IdleTimer : Target<IdleTimerInfo>
{
    private const byte Alarm = 1; // XT_IDLETIMER_ALARM

    /// <inheritdoc/>
    public override string Name => "IDLETIMER";

    /// <inheritdoc/>
    public override string Summary => "Notifies programs, by a file in /sys, when no packet has come for some time.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.TimerType);

    public IdleTimer() => Options =
    [
        Option("timeout", new Number<uint>(0, uint.MaxValue, placeholder: "time"), (ref i) => ref i.Timeout,
            "The time, in seconds.", required: true, label: " timeout:"),
        Option("label", new BoundedText<IdleTimerInfo.LabelText>(isName: true, placeholder: "string"), (ref i) => ref i.Label,
            "The name of the timer; rules of the same name share it.", required: true, label: " label:"),
        Flag("alarm", Bit((ref i) => ref i.TimerType, Alarm), "Uses a timer that runs on while the machine is suspended.", since: 1),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            0,
            static (in IdleTimerInfo i, ref Info0 old) =>
            {
                (old.Timeout, old.Label) = (i.Timeout, i.Label);
                return (i.TimerType & Alarm) == 0 ? null : "--alarm needs revision 1";
            },
            static (in Info0 old, ref IdleTimerInfo i) => (i.Timeout, i.Label) = (old.Timeout, old.Label)),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in IdleTimerInfo info, in Format format) =>
        info.Timeout == 0 ? "--timeout must be at least 1" : info.Label[0] == 0 ? "--label may not be empty" : null;

    [KernelStruct("struct idletimer_tg_info", "linux/netfilter/xt_IDLETIMER.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info0
    {
        public uint Timeout;
        public IdleTimerInfo.LabelText Label;
        public ulong Timer;
    }

    /// <inheritdoc/>
    protected override Fate? Act(in IdleTimerInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j IDLETIMER</c>.</summary>
[KernelStruct("struct idletimer_tg_info_v1", "linux/netfilter/xt_IDLETIMER.h")]
[StructLayout(LayoutKind.Sequential)]
public struct IdleTimerInfo
{
    /// <summary>In seconds.</summary>
    public uint Timeout;

    /// <summary>The name of the timer.</summary>
    public LabelText Label;

    /// <summary>Unused; an extension of Android's.</summary>
    [KernelField("send_nl_msg")]
    public byte SendMessage;

    /// <summary>0, or <c>XT_IDLETIMER_ALARM</c>.</summary>
    public byte TimerType;

    /// <summary>Private to the kernel.</summary>
    public ulong Timer;

    /// <summary><c>char label[MAX_IDLETIMER_LABEL_SIZE]</c>.</summary>
    [InlineArray(28)]
    public struct LabelText
    {
        private byte _first;
    }
}
