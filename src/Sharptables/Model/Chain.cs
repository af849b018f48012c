using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>A chain of a <see cref="Table"/>: a name, a policy when a hook calls it, and rules.</summary>
internal sealed class Chain
{
    internal Chain(int id, byte[] name, int hook)
    {
        Id = id;
        Name = name;
        Hook = hook;
    }

    /// <summary>Its number in the table, which stays the same when other chains go.</summary>
    public int Id { get; }

    /// <summary>Its name.</summary>
    public byte[] Name { get; internal set; }

    /// <summary>The netfilter hook that calls it (<c>enum nf_inet_hooks</c>), or -1 for a user's chain.</summary>
    public int Hook { get; }

    /// <summary>Whether a hook calls it.</summary>
    public bool IsBuiltIn => Hook >= 0;

    /// <summary>What happens at its end: a policy of a built-in chain, else <see cref="Verdict.Return"/>.</summary>
    public int Policy { get; internal set; } = Verdict.Return;

    /// <summary>What the policy counted.</summary>
    public XtCounters PolicyCounters { get; internal set; }

    /// <summary>How many rules it has.</summary>
    public int RuleCount { get; internal set; }

    internal CounterFate PolicyFate { get; set; } = CounterFate.Set;

    internal int FirstRun { get; set; } = -1;

    internal int LastRun { get; set; } = -1;

    internal bool IsDeleted { get; set; }

    /// <summary>Sets the policy of a built-in chain, and what it has counted unless that shall stay.</summary>
    public void SetPolicy(int verdict, XtCounters? counters)
    {
        if (!IsBuiltIn)
        {
            throw new TableException(TableError.ChainNotBuiltIn);
        }

        Policy = verdict;
        if (counters is { } set)
        {
            PolicyCounters = set;
            PolicyFate = CounterFate.Set;
        }
    }
}
