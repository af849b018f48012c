namespace Sharptables.Model;

/// <summary>
/// Where a table comes from. A backend derives its own type for what it alone understands of a table that it has read; a table that
/// exists only in memory has this one.
/// </summary>
internal class TableOrigin
{
    /// <summary>The interface that it was read through, or whose behaviour it has.</summary>
    internal virtual KernelInterface Interface => KernelInterface.Legacy;

    /// <summary>
    /// The chain that a rule as read jumps to: its verdict is the backend's own, not <see cref="Verdict.JumpTo"/>.
    /// </summary>
    internal virtual Chain ChainAt(Table table, int verdict) => throw new MalformedTableException("a jump leads to no chain");

    /// <summary>Chooses the offset of a new rule in the buffer of added rules.</summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The chain of the rule.</param>
    /// <param name="atEnd">Whether the rule becomes the last of its chain.</param>
    /// <param name="size">The size of the rule, in bytes.</param>
    internal virtual int Place(Table table, Chain chain, bool atEnd, int size) => table.Added.Length;
}
