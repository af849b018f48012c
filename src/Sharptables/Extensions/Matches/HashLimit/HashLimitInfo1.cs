using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>Revision 1 of hashlimit: coarser rates of packets, and short names.</summary>
[KernelStruct("struct xt_hashlimit_mtinfo1", "linux/netfilter/xt_hashlimit.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct HashLimitInfo1
{
    private const uint Scale = 10000; // XT_HASHLIMIT_SCALE

    private static readonly PacketRate s_rates = new(Scale);

    public ShortName Name;
    [KernelField("cfg.mode")]
    public uint Mode;
    [KernelField("cfg.avg")]
    public uint Average;
    [KernelField("cfg.burst")]
    public uint Burst;
    [KernelField("cfg.size")]
    public uint Size;
    [KernelField("cfg.max")]
    public uint Max;
    [KernelField("cfg.gc_interval")]
    public uint GcInterval;
    [KernelField("cfg.expire")]
    public uint Expire;
    [KernelField("cfg.srcmask")]
    public byte SourceMask;
    [KernelField("cfg.dstmask")]
    public byte DestinationMask;

    /// <summary>Private to the kernel.</summary>
    [KernelField("hinfo")]
    private ulong _table;

    public static string? Narrow(in HashLimitInfo newest, ref HashLimitInfo1 older)
    {
        bool isBytes = (newest.Mode & HashLimit.Bytes) != 0;
        ReadOnlySpan<byte> name = newest.Name;
        name[..ShortName.Room].CopyTo(older.Name);
        (older.Mode, older.Burst, older.Size, older.Max) = (newest.Mode, (uint)newest.Burst, newest.Size, newest.Max);
        (older.GcInterval, older.Expire) = (newest.GcInterval, newest.Expire);
        (older.SourceMask, older.DestinationMask) = (newest.SourceMask, newest.DestinationMask);
        older.Average = (uint)(isBytes ? newest.Average : newest.Average / (HashLimit.Scale / Scale));
        return (newest.Mode & HashLimit.RateMatch) != 0 ? HashLimitInfo2.RateMatchIsNewer
            : name.IndexOf((byte)0) is < 0 or > ShortName.Room ? "a --hashlimit-name of more than 15 bytes needs revision 2"
            : older.Average == 0 || AverageOf(older) != newest.Average ? "so fine a rate needs revision 2"
            : older.Burst != newest.Burst ? "so large a burst needs revision 2" : null;
    }

    public static void Widen(in HashLimitInfo1 older, ref HashLimitInfo newest)
    {
        ((ReadOnlySpan<byte>)older.Name).CopyTo(newest.Name);
        (newest.Mode, newest.Average, newest.Burst) = (older.Mode & ~HashLimit.RateMatch, AverageOf(older), older.Burst);
        (newest.Size, newest.Max, newest.GcInterval, newest.Expire) = (older.Size, older.Max, older.GcInterval, older.Expire);
        (newest.SourceMask, newest.DestinationMask) = (older.SourceMask, older.DestinationMask);
    }

    /// <summary>
    /// An interval between packets was rounded to fit; restores that of the rate it was made from, if there is one.
    /// </summary>
    private static ulong AverageOf(in HashLimitInfo1 info)
    {
        if (info.Average == 0 || (info.Mode & HashLimit.Bytes) != 0)
        {
            return info.Average;
        }

        uint seconds = s_rates.UnitOf(info.Average);
        ulong packets = (ulong)Scale * seconds / info.Average;
        return packets != 0 && (ulong)Scale * seconds / packets == info.Average
            ? (ulong)HashLimit.Scale * seconds / packets
            : (ulong)info.Average * (HashLimit.Scale / Scale);
    }

    /// <summary>The name of a table (IFNAMSIZ), NUL-terminated.</summary>
    [InlineArray(Room + 1)]
    public struct ShortName
    {
        public const int Room = 15;

        private byte _first;
    }
}
