using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Reads the values of <c>-w</c> and <c>-W</c>.</summary>
internal static class WaitText
{
    /// <summary>
    /// Reads how many seconds to wait: a number, with or without trailing junk; null, no time limit, for 0 and for what wraps around to it.
    /// </summary>
    public static int? ReadSeconds(ReadOnlySpan<byte> text)
    {
        if (!CounterText.TryRead(text, out ulong seconds) || text[0] is < (byte)'0' or > (byte)'9')
        {
            throw new UsageException("wait seconds not numeric");
        }

        uint wrapped = unchecked((uint)seconds); // the original keeps 32 bits
        return wrapped == 0 ? null : (int)Math.Min(wrapped, int.MaxValue);
    }

    /// <summary>Checks the interval, which has had no effect since iptables 1.8.9.</summary>
    public static void CheckInterval(ReadOnlyMemory<byte>? value)
    {
        if (value is not { } text)
        {
            throw new UsageException("wait interval value required");
        }

        if (!Numerals.TryReadPrefix(text.Span, out ulong interval, out _))
        {
            throw new UsageException("wait interval not numeric");
        }

        if (interval > 999999)
        {
            throw new UsageException($"too long usec wait {interval} > 999999 usec");
        }
    }
}
