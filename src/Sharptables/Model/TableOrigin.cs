namespace Sharptables.Model;

/// <summary>
/// Where a table comes from. What a backend knows of a table that it has read, and no other could understand, it keeps in one of its own;
/// a table that is only in memory has this one.
/// </summary>
internal class TableOrigin
{
    /// <summary>
    /// The chain that a rule jumps to which was read: its verdict is the backend's own, and not <see cref="Verdict.JumpTo"/>.
    /// </summary>
    internal virtual Chain ChainAt(Table table, int verdict) => throw new MalformedTableException("a jump leads to no chain");

    /// <summary>Says where in the buffer of added rules one more is to stand.</summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The rule's chain.</param>
    /// <param name="atEnd">Whether it comes last in its chain.</param>
    /// <param name="size">How many bytes it has.</param>
    internal virtual int Place(Table table, Chain chain, bool atEnd, int size) => table.Added.Length;
}
