using System.Collections.Generic;

namespace Sharptables.Explain;

/// <summary>A list that grows at its end, and that several continue without a copy.</summary>
/// <param name="Last">The last.</param>
/// <param name="Before">Those before it, or null.</param>
internal sealed record Trail<T>(T Last, Trail<T>? Before)
{
    /// <summary>All of it, in order.</summary>
    public static List<T> ToList(Trail<T>? trail)
    {
        List<T> all = [];
        for (; trail is not null; trail = trail.Before)
        {
            all.Add(trail.Last);
        }

        all.Reverse();
        return all;
    }
}
