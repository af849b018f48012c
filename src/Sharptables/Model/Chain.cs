using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>A chain of a <see cref="Table"/>: a name, rules, and a policy if it is built in.</summary>
internal sealed class Chain
{
    internal Chain(int id, byte[] name, int hook)
    {
        Id = id;
        Name = name;
        Hook = hook;
    }

    /// <summary>Its number in the table, which does not change when other chains are deleted.</summary>
    public int Id { get; }

    public byte[] Name { get; internal set; }

    /// <summary>The netfilter hook that calls it (<c>enum nf_inet_hooks</c>); -1 for a user-defined chain.</summary>
    public int Hook { get; }

    public bool IsBuiltIn => Hook >= 0;

    /// <summary>The verdict at its end: the policy of a built-in chain, else <see cref="Verdict.Return"/>, where users' chains have no policies.</summary>
    public int Policy { get; internal set; } = Verdict.Return;

    /// <summary>The counters of the policy.</summary>
    public XtCounters PolicyCounters { get; internal set; }

    /// <summary>How many rules it has, without those that are unread.</summary>
    public int RuleCount { get; internal set; }

    /// <summary>Whether a command wants it to be there, even if nothing is in it.</summary>
    public bool IsWanted { get; set; }

    internal CounterFate PolicyFate { get; set; } = CounterFate.Set;

    internal int FirstRun = -1; // a field, since the links between runs are changed by reference

    internal int LastRun { get; set; } = -1;

    internal bool IsDeleted { get; set; }

    /// <summary>Sets the policy of a built-in chain, and its counters unless they are null.</summary>
    public void SetPolicy(int verdict, XtCounters? counters)
    {
        if (!IsBuiltIn)
        {
            throw new TableException(TableError.ChainNotBuiltIn);
        }

        Policy = verdict;
        IsWanted = true;
        if (counters is { } set)
        {
            PolicyCounters = set;
            PolicyFate = CounterFate.Set;
        }
    }
}
