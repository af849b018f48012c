namespace Sharptables.Explain;

/// <summary>A place in a chain.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Next">The index of the rule at which it begins, or goes on after a return.</param>
/// <param name="Caller">Where a return goes, or null.</param>
internal sealed record Frame(AskedChain Chain, int Next, Frame? Caller)
{
    /// <summary>The chain that the hook called.</summary>
    public AskedChain Bottom { get; init; } = Caller?.Bottom ?? Chain;

    /// <summary>How many chains deep it is.</summary>
    public int Depth { get; } = Caller is null ? 1 : Caller.Depth + 1;
}
