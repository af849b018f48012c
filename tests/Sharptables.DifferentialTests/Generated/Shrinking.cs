namespace Sharptables.DifferentialTests.Generated;

/// <summary>Shrinks a row of commands that shows a difference as far as it still shows one.</summary>
internal static class Shrinking
{
    /// <summary>Removes whole commands, then single words, as long as <paramref name="differs"/> holds.</summary>
    public static List<List<string>> Smallest(List<List<string>> commands, Func<List<List<string>>, bool> differs)
    {
        List<List<string>> smallest = Without(commands, differs);
        for (bool shrunk = true; shrunk;)
        {
            shrunk = false;
            for (int i = 0; i < smallest.Count; i++)
            {
                int at = i;
                List<string> fewer = Without(
                    smallest[i], words => words.Count > 1 && differs([.. smallest[..at], words, .. smallest[(at + 1)..]]));
                shrunk |= fewer.Count < smallest[i].Count;
                smallest[i] = fewer;
            }
        }

        return smallest;
    }

    /// <summary>Removes runs of items that are not needed, long ones first.</summary>
    private static List<T> Without<T>(List<T> items, Func<List<T>, bool> holds)
    {
        List<T> left = items;
        for (int run = Math.Max(1, left.Count / 2); run > 0; run /= 2)
        {
            for (int at = left.Count - run; at >= 0; at = Math.Min(at - 1, left.Count - run))
            {
                List<T> fewer = [.. left[..at], .. left[(at + run)..]];
                if (fewer.Count > 0 && holds(fewer))
                {
                    left = fewer;
                }
            }
        }

        return left;
    }
}
