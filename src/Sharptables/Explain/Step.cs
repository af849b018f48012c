using System.Collections.Generic;

namespace Sharptables.Explain;

/// <summary>Something that a packet met on its way.</summary>
internal abstract record Step
{
    /// <summary>It comes to a chain that a hook calls.</summary>
    /// <param name="Chain">The chain.</param>
    public sealed record Enters(AskedChain Chain) : Step;

    /// <summary>A rule takes it.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Changes">What the rule changes of the packet, in words.</param>
    /// <param name="IsSure">Whether it does; if not, it makes no difference to the packet.</param>
    public sealed record Takes(AskedRule Rule, IReadOnlyList<string> Changes, bool IsSure = true) : Step;

    /// <summary>A rule leaves it.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Why">The first condition that failed, in iptables' words, and what the packet has.</param>
    public sealed record Leaves(AskedRule Rule, string Why) : Step;

    /// <summary>It comes to the end of a chain of a user, or a rule sends it back.</summary>
    /// <param name="Chain">The chain.</param>
    public sealed record Returns(AskedChain Chain) : Step;

    /// <summary>It comes to the end of a chain that a hook calls.</summary>
    /// <param name="Chain">The chain.</param>
    /// <param name="Verdict">The policy.</param>
    public sealed record Policy(AskedChain Chain, int Verdict) : Step;

    /// <summary>Something else that the kernel does.</summary>
    /// <param name="Text">What, in words.</param>
    public sealed record Notes(string Text) : Step;
}
