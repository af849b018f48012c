using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>Revision 2 of conntrack: single ports.</summary>
[KernelStruct("struct xt_conntrack_mtinfo2", "linux/netfilter/xt_conntrack.h")]
[StructLayout(LayoutKind.Sequential, Size = 156)]
internal struct ConntrackInfo2
{
    [KernelField("origsrc_addr")]
    public ConntrackInfo.Common Head;
    [KernelField("state_mask")]
    public ushort States;
    [KernelField("status_mask")]
    public ushort Statuses;

    public static string? Narrow(in ConntrackInfo newest, ref ConntrackInfo2 older)
    {
        (older.Head, older.States, older.Statuses) = (Swapped(newest.Head), newest.States, newest.Statuses);
        return newest.Head.Ports == newest.LastPorts ? null : "a range of ports needs revision 3";
    }

    public static void Widen(in ConntrackInfo2 older, ref ConntrackInfo newest)
    {
        (newest.Head, newest.States, newest.Statuses) = (Swapped(older.Head), older.States, older.Statuses);
        newest.LastPorts = newest.Head.Ports;
    }

    /// <summary>The head with its ports swapped: before revision 3 they are in network byte order.</summary>
    public static ConntrackInfo.Common Swapped(ConntrackInfo.Common head)
    {
        Span<ushort> sides = MemoryMarshal.Cast<ConntrackInfo.TuplePorts, ushort>(new Span<ConntrackInfo.TuplePorts>(ref head.Ports));
        BinaryPrimitives.ReverseEndianness(sides, sides);
        return head;
    }
}
