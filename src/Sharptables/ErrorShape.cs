namespace Sharptables;

/// <summary>How an error is printed, and the exit status that goes with it, as programs that call iptables know them.</summary>
public enum ErrorShape
{
    /// <summary>Words that make no sense: program, version, message, where help is; exit status 2.</summary>
    Parameter,

    /// <summary>A stray word: the message alone, where help is; exit status 2.</summary>
    StrayWord,

    /// <summary>The other family's program is meant: only where help is; exit status 2.</summary>
    OtherFamily,

    /// <summary>A table that is not there: program, version, message, what may need an upgrade; exit status 3.</summary>
    NoTable,

    /// <summary>An edit that cannot be made, or the kernel's refusal: program, message; exit status 1.</summary>
    Refused,

    /// <summary>Something else that cannot be done: program, version, message; exit status 1.</summary>
    Other,

    /// <summary>Something is held by another process: the message alone; exit status 4.</summary>
    Busy,
}
