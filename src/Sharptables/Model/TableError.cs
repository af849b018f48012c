namespace Sharptables.Model;

/// <summary>Why an edit of a table is impossible.</summary>
internal enum TableError
{
    /// <summary>There is no chain of that name.</summary>
    NoSuchChain,

    /// <summary>A chain of that name exists already.</summary>
    ChainExists,

    /// <summary>A chain with rules cannot be deleted.</summary>
    ChainNotEmpty,

    /// <summary>A chain that rules jump to cannot be deleted.</summary>
    ChainInUse,

    /// <summary>A built-in chain cannot be deleted or renamed.</summary>
    ChainBuiltIn,

    /// <summary>Only a built-in chain has a policy.</summary>
    ChainNotBuiltIn,

    /// <summary>The chain has no rule of that number.</summary>
    NoSuchNumber,

    /// <summary>The chain has no such rule.</summary>
    NoSuchRule,
}
