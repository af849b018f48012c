namespace Sharptables.Tests.Model;

/// <summary>The edits of a table.</summary>
internal enum EditKind
{
    Append,
    Insert,
    Delete,
    Flush,
    Zero,
    ZeroRule,
    AddChain,
    DeleteChain,
    RenameChain,
    SetPolicy,
    SetPolicyAndCounters,

    /// <summary>All rules and all chains of users go, as when a restore begins.</summary>
    Empty,
}
