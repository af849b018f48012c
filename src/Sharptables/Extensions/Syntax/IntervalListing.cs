using System.Numerics;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The form in which many listings have a range: <c>spt:!22</c>, <c>spts:1:5</c>.</summary>
internal static class IntervalListing
{
    /// <summary>Writes a range, and nothing where it says nothing.</summary>
    /// <param name="syntax">How the numbers are written.</param>
    /// <param name="label">What stands in front, with its blank: <c> spt</c>; an <c>s</c> is added when there are several.</param>
    /// <param name="interval">The range.</param>
    /// <param name="isInverted">Whether all others are meant.</param>
    /// <param name="output">Where to.</param>
    /// <param name="format">How.</param>
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
