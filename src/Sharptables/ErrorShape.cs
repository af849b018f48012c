namespace Sharptables;

/// <summary>How an error is printed, and the exit status that goes with it, as programs that call iptables know them.</summary>
internal enum ErrorShape
{
    /// <summary>A wrong command line: program, version, message, where to find help; exit status 2.</summary>
    WrongUsage,

    /// <summary>
    /// A set, or a chain to jump to, that does not exist (yet), printed as <see cref="WrongUsage"/>; exit status 2. An answer.
    /// </summary>
    Absent,

    /// <summary>A stray word: the message alone, where to find help; exit status 2.</summary>
    StrayWord,

    /// <summary>An option of the other family's program: only where to find help; exit status 2.</summary>
    OtherFamily,

    /// <summary>A table that does not exist: program, version, message, what may need an upgrade; exit status 3.</summary>
    NoTable,

    /// <summary>Something impossible, or refused by the kernel: program, message; exit status 1.</summary>
    Refused,

    /// <summary>
    /// A command that the present table does not allow: a rule or chain does not exist, exists already, or is in use; printed as
    /// <see cref="Refused"/>; exit status 1. An answer.
    /// </summary>
    Answer,

    /// <summary>nf_tables refuses a change, or to say anything: program, version, message, in restore on a line of its own; exit status 4.</summary>
    RefusedByNft,

    /// <summary>Any other failure: program, version, message; exit status 1.</summary>
    Other,

    /// <summary>The lock cannot be taken at all: the message alone; exit status 4.</summary>
    NoLock,

    /// <summary>The lock is held by another process, printed as <see cref="NoLock"/>; exit status 4. An answer.</summary>
    Busy,

    /// <summary>A plugin has ended the program, and said itself what there is to say: nothing is printed.</summary>
    Ended,
}
