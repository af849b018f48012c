namespace Sharptables.Model;

/// <summary>Rules of one chain that stand side by side in one of a table's two buffers.</summary>
internal struct Run
{
    /// <summary>Where the first rule stands.</summary>
    public int Offset;

    /// <summary>Bytes of all its rules.</summary>
    public int Length;

    /// <summary>How many rules.</summary>
    public int Count;

    /// <summary>
    /// The number that the backend gave the first rule when it read them; those behind it count on from there. Not used when <see
    /// cref="IsAdded"/>.
    /// </summary>
    public int FirstRead;

    /// <summary>The chain's next run, or -1.</summary>
    public int Next;

    /// <summary>Whether the rules are new, and not as they were read.</summary>
    public bool IsAdded;

    /// <summary>What becomes of the counters that the kernel has for these rules.</summary>
    public CounterFate Counters;
}
