using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    internal static partial long time(long* seconds);

    [LibraryImport(Name)]
    internal static partial BrokenDownTime* localtime_r(long* seconds, BrokenDownTime* result);

    [LibraryImport(Name)]
    internal static partial void tzset();

    /// <summary>C's <c>struct tm</c> as glibc and musl have it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct BrokenDownTime
    {
        public int Second;
        public int Minute;
        public int Hour;
        public int DayOfMonth;
        public int Month; // from 0
        public int Year; // from 1900
        public int Weekday; // from Sunday, 0
        public int DayOfYear; // from 0
        public int IsDaylightSaving;
        public long OffsetFromUtc;
        public nint Zone;
    }
}
