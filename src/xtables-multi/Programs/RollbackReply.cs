namespace Sharptables.Programs;

/// <summary>A reply of the watchdog of iptables-apply: a byte through a pipe.</summary>
internal enum RollbackReply : byte
{
    /// <summary>The pipe has ended: the watchdog is gone.</summary>
    Gone,

    /// <summary>It has everything it needs to restore the old rules, and waits.</summary>
    Armed,

    /// <summary>Another watchdog waits for an answer: this one ends.</summary>
    Taken,

    /// <summary>The new rules stay.</summary>
    Kept,

    /// <summary>The time is over, whatever comes now: it restores the old rules.</summary>
    TimeOver,

    /// <summary>The old rules are in force.</summary>
    IsBack,

    /// <summary>Some of them could not be restored; the reason follows, up to the end.</summary>
    Failed,
}
