namespace Sharptables.Formats.Iptables;

/// <summary>What a command line asks for.</summary>
internal enum CommandKind
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary><c>-A</c>: a rule at the end of a chain.</summary>
    Append,

    /// <summary><c>-C</c>: is there such a rule?</summary>
    Check,

    /// <summary><c>-D</c> with a rule: the first like it goes.</summary>
    Delete,

    /// <summary><c>-D</c> with a number: that rule goes.</summary>
    DeleteNumber,

    /// <summary><c>-I</c>: a rule in front of another.</summary>
    Insert,

    /// <summary><c>-R</c>: a rule instead of another.</summary>
    Replace,

    /// <summary><c>-L</c>: rules as a table for people.</summary>
    List,

    /// <summary><c>-S</c>: rules as commands.</summary>
    ListRules,

    /// <summary><c>-F</c>: all rules go.</summary>
    Flush,

    /// <summary><c>-Z</c>: counters begin at zero again.</summary>
    Zero,

    /// <summary><c>-N</c>: a new chain.</summary>
    NewChain,

    /// <summary><c>-X</c>: a chain goes.</summary>
    DeleteChain,

    /// <summary><c>-P</c>: a policy.</summary>
    SetPolicy,

    /// <summary><c>-E</c>: another name for a chain.</summary>
    RenameChain,

    /// <summary><c>-h</c>: help.</summary>
    Help,

    /// <summary><c>-V</c>: the version.</summary>
    Version,
}
