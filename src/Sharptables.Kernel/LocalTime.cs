using System;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The time of day in the local time zone.</summary>
internal static unsafe class LocalTime
{
    /// <summary>The longest text: a sign and a year of ten digits.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes the current time as C's ctime(3) does, without the line end: <c>Sun Nov 22 13:00:00 2026</c>.</summary>
    /// <param name="destination">The buffer: at least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The length of the text.</returns>
    public static int FormatNow(Span<byte> destination)
    {
        // SAFETY: with a null argument, time only returns its result.
        return Format(Libc.time(null), destination);
    }

    /// <summary>Writes the current time as logs do, with microseconds: <c>2026-11-22 13:00:00.000123</c>.</summary>
    /// <param name="destination">The buffer: at least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The length of the text.</returns>
    public static int FormatTimestamp(Span<byte> destination) =>
        FormatTimestamp((DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, destination);

    /// <summary>As <see cref="FormatTimestamp(Span{byte})"/>, in microseconds since 1970-01-01 00:00 UTC.</summary>
    internal static int FormatTimestamp(long microseconds, Span<byte> destination)
    {
        Libc.BrokenDownTime time = Local(microseconds / 1_000_000);
        ReadOnlySpan<byte> form = "    -  -     :  :  .      "u8;
        form.CopyTo(destination);
        Digits(destination[..4], 1900 + time.Year);
        Digits(destination[5..7], time.Month + 1);
        Digits(destination[8..10], time.DayOfMonth);
        Digits(destination[11..13], time.Hour);
        Digits(destination[14..16], time.Minute);
        Digits(destination[17..19], time.Second);
        Digits(destination[20..26], (int)(microseconds % 1_000_000));
        return form.Length;
    }

    /// <summary>As <see cref="FormatNow"/>, in seconds since 1970-01-01 00:00 UTC.</summary>
    internal static int Format(long seconds, Span<byte> destination)
    {
        Libc.BrokenDownTime time = Local(seconds);
        "SunMonTueWedThuFriSat"u8.Slice(time.Weekday * 3, 3).CopyTo(destination);
        destination[3] = (byte)' ';
        "JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice(time.Month * 3, 3).CopyTo(destination[4..]);
        destination[7] = (byte)' ';
        TwoDigits(destination[8..], time.DayOfMonth, (byte)' ');
        destination[10] = (byte)' ';
        TwoDigits(destination[11..], time.Hour, (byte)'0');
        destination[13] = (byte)':';
        TwoDigits(destination[14..], time.Minute, (byte)'0');
        destination[16] = (byte)':';
        TwoDigits(destination[17..], time.Second, (byte)'0');
        destination[19] = (byte)' ';
        Utf8Formatter.TryFormat(1900L + time.Year, destination[20..], out int yearLength);
        return 20 + yearLength;
    }

    private static Libc.BrokenDownTime Local(long seconds)
    {
        Libc.BrokenDownTime time;

        // SAFETY: localtime_r writes one struct tm. It need not read TZ itself; tzset does (localtime(3)).
        Libc.tzset();
        return Libc.localtime_r(&seconds, &time) is null ? throw new KernelException("localtime", Marshal.GetLastSystemError()) : time;
    }

    private static void Digits(Span<byte> destination, int value)
    {
        for (int i = destination.Length - 1; i >= 0; i--, value /= 10)
        {
            destination[i] = (byte)('0' + (value % 10));
        }
    }

    private static void TwoDigits(Span<byte> destination, int value, byte pad)
    {
        destination[0] = value < 10 ? pad : (byte)('0' + (value / 10));
        destination[1] = (byte)('0' + (value % 10));
    }
}
