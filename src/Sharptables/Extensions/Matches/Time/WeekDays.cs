using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>Days of the week, a list of names or of numbers from 1, Monday, to 7, Sunday; as bits 1 to 7.</summary>
internal sealed class WeekDays : Syntax<byte>
{
    public const byte All = 0xfe; // XT_TIME_ALL_WEEKDAYS

    private const int ShownLength = 3;

    private static readonly string[] s_names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>The words of nft(8), for which Sunday is 0.</summary>
    public static string NftWords(byte days)
    {
        List<string> words = [];
        for (int day = 1; day <= s_names.Length; day++)
        {
            if ((days & (1 << day)) != 0)
            {
                words.Add($"{day % s_names.Length}");
            }
        }

        return words.Count == 1 ? words[0] : $"{{ {string.Join(", ", words)} }}";
    }

    /// <inheritdoc/>
    public override string Placeholder => "day[,day]...";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field)
    {
        field = 0;
        ReadOnlySpan<byte> text = argument.Text;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)',');
            field |= (byte)(1 << ParseDay(argument, end < 0 ? text : text[..end]));
            text = end < 0 ? [] : text[(end + 1)..];
        }

        if (field == 0)
        {
            throw Bad(argument, argument.Text);
        }
    }

    /// <inheritdoc/>
    public override void Write(in byte field, Output output, in Format format)
    {
        // An empty set can only be typed as all days inverted.
        int days = (field & All) == 0 && !format.IsListing ? All : field;
        bool isFirst = true;
        for (int i = 0; i < s_names.Length; i++)
        {
            if ((days & (2 << i)) != 0)
            {
                output.Write(isFirst ? "" : ",");
                isFirst = false;
                output.Write(s_names[i]);
            }
        }
    }

    private static int ParseDay(in Argument argument, ReadOnlySpan<byte> part)
    {
        bool isNumber = DecimalText.TryReadPrefix(part, out ulong number, out ReadOnlySpan<byte> rest) && rest.IsEmpty;
        if (part.IsEmpty || (isNumber && number == 0))
        {
            throw new UsageException("No, the week does NOT begin with Sunday.");
        }

        if (isNumber)
        {
            return number <= (ulong)s_names.Length ? (int)number : throw Bad(argument, part);
        }

        for (int i = 0; i < s_names.Length && part.Length >= 2; i++)
        {
            if (Ascii.Equals(part[..2], s_names[i].AsSpan(0, 2))) // the rest is ignored: Mo, Mon, Monday
            {
                return i + 1;
            }
        }

        throw Bad(argument, part);
    }

    private static UsageException Bad(in Argument argument, ReadOnlySpan<byte> part) =>
        new($"{argument.With(part.Length > ShownLength ? part[..ShownLength] : part).Word} is not a valid day specifier");
}
