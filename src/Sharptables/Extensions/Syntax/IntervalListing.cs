using System.Numerics;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The form of a range in many listings: <c>spt:!22</c>, <c>spts:1:5</c>.</summary>
internal static class IntervalListing
{
    /// <summary>Writes a range; nothing if it contains every number and is not inverted.</summary>
    /// <param name="syntax">How the numbers are written.</param>
    /// <param name="label">The label, with a leading blank: <c> spt</c>; it gets an <c>s</c> if there are several numbers.</param>
    /// <param name="interval">The range.</param>
    /// <param name="isInverted">Whether it is inverted.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="format">How to write.</param>
    public static void List<T>(
        this Syntax<Interval<T>> syntax, string label, in Interval<T> interval, bool isInverted, Output output, in Format format)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (interval.IsAll && !isInverted)
        {
            return;
        }

        output.Write(label);
        output.Write(interval.First == interval.Last ? ":"u8 : "s:"u8);
        if (isInverted)
        {
            output.Write((byte)'!');
        }

        syntax.Write(interval, output, format);
    }
}
