using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>The kernel's struct for <c>-m time</c>.</summary>
[KernelStruct("struct xt_time_info", "linux/netfilter/xt_time.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TimeInfo
{
    /// <summary>The start, in seconds since 1970.</summary>
    public uint DateStart;

    /// <summary>The end, in seconds since 1970.</summary>
    public uint DateStop;

    /// <summary>The start on each day, in seconds since midnight.</summary>
    [KernelField("daytime_start")]
    public uint DayStart;

    /// <summary>The end on each day, in seconds since midnight.</summary>
    [KernelField("daytime_stop")]
    public uint DayStop;

    /// <summary>Bits 1 to 31: days of the month.</summary>
    [KernelField("monthdays_match")]
    public uint MonthDays;

    /// <summary>Bits 1 to 7: days of the week from Monday.</summary>
    [KernelField("weekdays_match")]
    public byte WeekDays;

    /// <summary>1: the kernel's time zone; 2: an end before the start is on the next day.</summary>
    public byte Flags;

    /// <summary>Whether a moment, in the kernel's time zone, is among its times.</summary>
    internal readonly bool Has(DateTimeOffset now)
    {
        const int Day = 24 * 60 * 60;
        long seconds = now.ToUnixTimeSeconds() + ((Flags & 1) != 0 ? (long)now.Offset.TotalSeconds : 0);
        if (seconds < DateStart || seconds > DateStop)
        {
            return false;
        }

        long ofDay = seconds % Day;
        bool isOverMidnight = DayStart > DayStop;
        if (isOverMidnight ? ofDay < DayStart && ofDay > DayStop : ofDay < DayStart || ofDay > DayStop)
        {
            return false;
        }

        if (isOverMidnight && ofDay <= DayStop && (Flags & 2) != 0)
        {
            seconds -= Day; // the night belongs to the day before
        }

        DateTime date = DateTime.UnixEpoch.AddSeconds(seconds);
        return (WeekDays & (1 << (date.DayOfWeek is DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek))) != 0 && (MonthDays & (1u << date.Day)) != 0;
    }
}
