namespace Sharptables.Formats.Iptables;

/// <summary>The command on a command line.</summary>
internal enum CommandKind
{
    /// <summary>None yet.</summary>
    None,

    /// <summary><c>-A</c>: append a rule to a chain.</summary>
    Append,

    /// <summary><c>-C</c>: check whether a rule exists.</summary>
    Check,

    /// <summary><c>-D</c> with a rule: delete the first one equal to it.</summary>
    Delete,

    /// <summary><c>-D</c> with a number: delete that rule.</summary>
    DeleteNumber,

    /// <summary><c>-I</c>: insert a rule before another.</summary>
    Insert,

    /// <summary><c>-R</c>: replace a rule.</summary>
    Replace,

    /// <summary><c>-L</c>: list rules in columns.</summary>
    List,

    /// <summary><c>-S</c>: list rules as commands.</summary>
    ListRules,

    /// <summary><c>-F</c>: flush chains.</summary>
    Flush,

    /// <summary><c>-Z</c>: zero counters.</summary>
    Zero,

    /// <summary><c>-N</c>: create a chain.</summary>
    NewChain,

    /// <summary><c>-X</c>: delete chains.</summary>
    DeleteChain,

    /// <summary><c>-P</c>: set the policy of a chain.</summary>
    SetPolicy,

    /// <summary><c>-E</c>: rename a chain.</summary>
    RenameChain,

    /// <summary><c>-C</c> of ebtables: changes the counters of rules.</summary>
    ChangeCounters,

    /// <summary><c>--init-table</c>: makes the table as it is at first.</summary>
    InitTable,

    /// <summary><c>--atomic-init</c>: writes the table as it is at first to a file.</summary>
    AtomicInit,

    /// <summary><c>--atomic-save</c>: writes the table in force to a file.</summary>
    AtomicSave,

    /// <summary><c>--atomic-commit</c>: puts the table of a file in force.</summary>
    AtomicCommit,

    /// <summary><c>-h</c></summary>
    Help,

    /// <summary><c>-V</c></summary>
    Version,
}
