using System;

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

    /// <summary>The chain of that name that the table was read without, now read; null if there is none.</summary>
    internal virtual Chain? FindChain(Table table, ReadOnlySpan<byte> name) => null;

    /// <summary>Reads the chains that the table was read without.</summary>
    internal virtual void ReadChains(Table table)
    {
        // all are there
    }

    /// <summary>
    /// Reads the next rules of a chain, that an unread run stands for: they become the run's, and another unread run behind it stands for those
    /// that are left.
    /// </summary>
    internal virtual void ReadOn(Table table, Chain chain, int run) => throw new MalformedTableException("a chain has rules that nobody can read");

    /// <summary>The bytes of a rule as they would be if it had been written and read again; null if they are the same.</summary>
    internal virtual byte[]? AsWritten(Rule rule) => null;

    /// <summary>What is to be said in front of its listing, a line without its end; null for nothing.</summary>
    internal virtual string? Remark => null;

    /// <summary>
    /// Whether a rule is only looked for. Then what somebody else made under the name of a built-in chain counts as that chain; else it is none
    /// of iptables', and stays as it is.
    /// </summary>
    internal bool IsOnlySearched { get; set; }

    /// <summary>What of it is not among its chains and rules, and so not saved; null for nothing.</summary>
    internal virtual string? Unsaid => null;

    /// <summary>How many rules jump to a chain, as the backend knows without reading them; null if it does not.</summary>
    internal virtual int? ReferencesTo(Chain chain) => null;

    /// <summary>Whether the backend finds out itself that a chain that is to be deleted is in use or has rules.</summary>
    internal virtual bool ChecksDeletionOf(Chain chain) => false;

    /// <summary>Chooses the offset of a new rule in the buffer of added rules.</summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The chain of the rule.</param>
    /// <param name="atEnd">Whether the rule becomes the last of its chain.</param>
    /// <param name="size">The size of the rule, in bytes.</param>
    internal virtual int Place(Table table, Chain chain, bool atEnd, int size) => table.Added.Length;
}
