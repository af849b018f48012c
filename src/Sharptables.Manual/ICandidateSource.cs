using System.Collections.Generic;

namespace Sharptables.Manual;

/// <summary>Knows what this machine has that a command line may name.</summary>
internal interface ICandidateSource
{
    /// <summary>Finds what there is of a kind, or nothing when the kind is unknown or may not be asked about.</summary>
    /// <param name="kind">What is asked for, in the word of a placeholder: <c>table</c>, <c>chain</c>, <c>interface</c>.</param>
    /// <param name="table">The table that the command line is about.</param>
    IEnumerable<Candidate> Find(string kind, string table);
}
