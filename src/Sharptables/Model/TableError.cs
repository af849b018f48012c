namespace Sharptables.Model;

/// <summary>Why an edit of a table cannot be.</summary>
internal enum TableError
{
    /// <summary>There is no chain of that name.</summary>
    NoSuchChain,

    /// <summary>A chain of that name is there already.</summary>
    ChainExists,

    /// <summary>The chain has rules.</summary>
    ChainNotEmpty,

    /// <summary>Rules jump to the chain.</summary>
    ChainInUse,

    /// <summary>The chain belongs to the kernel.</summary>
    ChainBuiltIn,

    /// <summary>Only a built-in chain has what is asked for.</summary>
    ChainNotBuiltIn,

    /// <summary>The chain has fewer rules.</summary>
    NoSuchNumber,

    /// <summary>The chain has no such rule.</summary>
    NoSuchRule,
}
