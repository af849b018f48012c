using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>A date and time, <c>YYYY[-MM[-DD[Thh[:mm[:ss]]]]]</c> (ISO 8601) in UTC, as seconds since 1970.</summary>
internal sealed class DateAndTime : Syntax<uint>
{
    private const ulong FirstYear = 1970;
    private const ulong LastYear = 2038;

    // What follows each part, its maximum, and its default.
    private static readonly (char End, ulong Max, uint Default)[] s_parts =
        [('-', LastYear, 0), ('-', 12, 1), ('T', 31, 1), (':', 23, 0), (':', 59, 0), ('\0', 59, 0)];

    /// <inheritdoc/>
    public override string Placeholder => "YYYY[-MM[-DD[Thh[:mm[:ss]]]]]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field)
    {
        Span<int> values = stackalloc int[s_parts.Length];
        ReadOnlySpan<byte> text = argument.Text;
        bool isOver = false;
        for (int part = 0; part < s_parts.Length; part++)
        {
            (char end, ulong max, uint missing) = s_parts[part];
            values[part] = (int)missing;
            if (isOver)
            {
                continue;
            }

            DecimalText.TryReadPrefix(text, out ulong value, out text);
            isOver = text.IsEmpty;
            if (value > max || (part == 0 && value < FirstYear) || !(isOver || text[0] == end))
            {
                throw new UsageException($"Invalid date \"{argument.Word}\" specified. Should be {Placeholder}");
            }

            values[part] = (int)value;
            text = isOver ? text : text[1..];
        }

        // As in timegm(3), month or day 0 is the one before, and the 31st of a short month is in the next.
        long days = new DateTime(values[0], 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(values[1] - 1).AddDays(values[2] - 1)
            .Subtract(DateTime.UnixEpoch).Days;
        long seconds = (((days * 24) + values[3]) * 3600) + (values[4] * 60) + values[5];
        field = seconds < 0
            ? throw new UsageException($"Invalid date \"{argument.Word}\" specified. Should be {Placeholder}")
            : (uint)seconds;
    }

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format)
    {
        DateTime moment = DateTime.UnixEpoch.AddSeconds(field);
        DecimalText.WritePadded((uint)moment.Year, 4, output);
        output.Write((byte)'-');
        DecimalText.WritePadded((uint)moment.Month, 2, output);
        output.Write((byte)'-');
        DecimalText.WritePadded((uint)moment.Day, 2, output);
        output.Write(format.IsListing ? (byte)' ' : (byte)'T');
        DecimalText.WritePadded((uint)moment.Hour, 2, output);
        output.Write((byte)':');
        DecimalText.WritePadded((uint)moment.Minute, 2, output);
        output.Write((byte)':');
        DecimalText.WritePadded((uint)moment.Second, 2, output);
    }
}
