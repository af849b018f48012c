namespace Sharptables;

/// <summary>How an error is printed, and the exit status that goes with it, as programs that call iptables know them.</summary>
internal enum ErrorShape
{
    /// <summary>Words that make no sense: program, version, message, where help is; exit status 2.</summary>
    Parameter,

    /// <summary>
    /// A set, or a chain to jump to, that is not there (yet), printed as <see cref="Parameter"/>; exit status 2. An answer.
    /// </summary>
    Absent,

    /// <summary>A stray word: the message alone, where help is; exit status 2.</summary>
    StrayWord,

    /// <summary>The other family's program is meant: only where help is; exit status 2.</summary>
    OtherFamily,

    /// <summary>A table that is not there: program, version, message, what may need an upgrade; exit status 3.</summary>
    NoTable,

    /// <summary>What can never be, or the kernel's refusal: program, message; exit status 1.</summary>
    Refused,

    /// <summary>
    /// A command that the table, as it is, does not allow: a rule or chain is not there, is there already, or is in use; printed as
    /// <see cref="Refused"/>; exit status 1. An answer.
    /// </summary>
    Answer,

    /// <summary>Something else that cannot be done: program, version, message; exit status 1.</summary>
    Other,

    /// <summary>The lock cannot be had at all: the message alone; exit status 4.</summary>
    NoLock,

    /// <summary>The lock is held by another process, printed as <see cref="NoLock"/>; exit status 4. An answer.</summary>
    Busy,
}
