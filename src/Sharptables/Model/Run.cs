namespace Sharptables.Model;

/// <summary>Consecutive rules of a chain that are also consecutive in one of the table's two buffers.</summary>
internal struct Run
{
    /// <summary>The offset of the first rule.</summary>
    public int Offset;

    /// <summary>The size of all rules, in bytes.</summary>
    public int Length;

    public int Count;

    /// <summary>
    /// The backend's number for the first rule as it was read; the others follow in sequence. Unused when <see cref="IsAdded"/>.
    /// </summary>
    public int FirstRead;

    /// <summary>The next run of the chain, or -1.</summary>
    public int Next;

    /// <summary>Whether the rules are in the buffer of added rules, not of those read.</summary>
    public bool IsAdded;

    /// <summary>Whether it stands for rules that the backend has not read yet: it has none until then (<see cref="TableOrigin.ReadOn"/>).</summary>
    public bool IsUnread;

    /// <summary>Whether they were put in front of others, or of the end of a chain without any.</summary>
    public bool IsInserted;

    /// <summary>What happens to the kernel's counters of these rules.</summary>
    public CounterFate Counters;
}
