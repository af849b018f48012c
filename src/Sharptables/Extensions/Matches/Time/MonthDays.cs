using System;
using System.Globalization;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>Days of the month, a list of 1 to 31, as bits 1 to 31.</summary>
internal sealed class MonthDays : Syntax<uint>
{
    public const uint All = 0xfffffffe; // XT_TIME_ALL_MONTHDAYS

    private const int LastDay = 31;

    /// <inheritdoc/>
    public override string Placeholder => "day[,day]...";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field)
    {
        field = 0;
        ReadOnlySpan<byte> text = argument.Text;
        foreach (Range range in text.Split((byte)','))
        {
            ReadOnlySpan<byte> part = text[range];
            if (part.IsEmpty)
            {
                continue;
            }

            DecimalText.TryReadPrefix(part, out ulong day, out ReadOnlySpan<byte> rest);
            if (day is 0 or > LastDay || !(rest.IsEmpty || IsOrdinal(part)))
            {
                throw Bad(argument, part);
            }

            field |= 1u << (int)day;
        }

        if (field == 0)
        {
            throw Bad(argument, text);
        }
    }

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format)
    {
        // An empty set can only be typed as all days inverted.
        uint days = (field & All) == 0 && !format.IsListing ? All : field & All;
        bool isFirst = true;
        for (uint day = 1; day <= LastDay; day++)
        {
            if ((days & (1u << (int)day)) != 0)
            {
                output.Write(isFirst ? "" : ",");
                isFirst = false;
                output.WriteNumber((ulong)day);
                output.Write(!format.IsListing ? "" : Suffix(day));
            }
        }
    }

    /// <summary>The original looks only at the last digit: 11st, 12nd, 13rd.</summary>
    private static string Suffix(uint day) => (day % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };

    /// <summary>Whether a part is an ordinal such as <c>22nd</c>; the original does not accept <c>1st</c>.</summary>
    private static bool IsOrdinal(ReadOnlySpan<byte> part) =>
        part.Length == 4 && char.IsAsciiDigit((char)part[1]) && (part.EndsWith("st"u8) || part.EndsWith("nd"u8) || part.EndsWith("rd"u8) || part.EndsWith("th"u8));

    /// <summary>The original examines two characters of each part, and prints those, unless it has taken them for a day.</summary>
    private static UsageException Bad(in Argument argument, ReadOnlySpan<byte> part)
    {
        string word = argument.With(part).Word;
        string start = word.Length > 2 ? word[..2] : word;
        bool isDay = uint.TryParse(start, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out uint day) && day <= LastDay;
        return new UsageException($"{(isDay ? word : start)} is not a valid day for --{argument.Option.Name}");
    }
}
