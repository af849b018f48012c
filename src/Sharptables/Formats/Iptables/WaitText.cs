using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Reads the values of <c>-w</c> and <c>-W</c>.</summary>
internal static class WaitText
{
    /// <summary>
    /// Reads how many seconds to wait: a number in any base that C has, with or without trailing junk. Null, no time limit, for 0, for what
    /// wraps around to it, for less, and for what is too large for any number.
    /// </summary>
    public static int? ReadSeconds(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\n\v\f\r"u8);
        bool isNegative = text is [(byte)'-', ..];
        text = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        if (text is not [>= (byte)'0' and <= (byte)'9', ..])
        {
            throw new UsageException("wait seconds not numeric");
        }

        bool isKnown = Numerals.TryReadPrefix(text, out ulong seconds, out _) && !isNegative;
        uint wrapped = unchecked((uint)seconds); // the original keeps 32 bits
        return isKnown && wrapped != 0 ? (int)Math.Min(wrapped, int.MaxValue) : null;
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
