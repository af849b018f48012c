using System.Collections.Generic;

namespace Sharptables.Manual;

/// <summary>Knows what exists on this machine that a command line may name.</summary>
internal interface ICandidateSource
{
    /// <summary>What exists of a kind; nothing when the kind is unknown or may not be read.</summary>
    /// <param name="kind">The kind, by the word of a placeholder: <c>table</c>, <c>chain</c>, <c>interface</c>.</param>
    /// <param name="table">The table of the command line.</param>
    IEnumerable<Candidate> Find(string kind, string table);
}
