using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>Revision 1 of conntrack: single ports, and no bit for the state UNTRACKED.</summary>
[KernelStruct("struct xt_conntrack_mtinfo1", "linux/netfilter/xt_conntrack.h")]
[StructLayout(LayoutKind.Sequential, Size = 152)]
internal struct ConntrackInfo1
{
    [KernelField("origsrc_addr")]
    public ConntrackInfo.Common Head;
    [KernelField("state_mask")]
    public byte States;
    [KernelField("status_mask")]
    public byte Statuses;

    public static string? Narrow(in ConntrackInfo newest, ref ConntrackInfo1 older)
    {
        ConntrackInfo2 wider = default;
        string? lost = ConntrackInfo2.Narrow(newest, ref wider);
        (older.Head, older.States, older.Statuses) = (wider.Head, (byte)wider.States, (byte)wider.Statuses);
        return lost ?? (older.States == wider.States && older.Statuses == wider.Statuses ? null : "the state UNTRACKED needs revision 2");
    }

    public static void Widen(in ConntrackInfo1 older, ref ConntrackInfo newest) =>
        ConntrackInfo2.Widen(new() { Head = older.Head, States = older.States, Statuses = older.Statuses }, ref newest);
}
