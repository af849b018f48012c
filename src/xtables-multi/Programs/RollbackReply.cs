namespace Sharptables.Programs;

/// <summary>What the watchdog of iptables-apply answers: a byte through a pipe.</summary>
internal enum RollbackReply : byte
{
    /// <summary>The pipe has come to its end: there is no watchdog any more.</summary>
    Gone,

    /// <summary>It has all that it needs to put the old rules back, and waits.</summary>
    Armed,

    /// <summary>Another watchdog waits for an answer: this one ends.</summary>
    Taken,

    /// <summary>The new rules stay.</summary>
    Kept,

    /// <summary>The time is over, whatever comes now: it puts the old rules back.</summary>
    TimeOver,

    /// <summary>The old rules are in force.</summary>
    IsBack,

    /// <summary>Not all of them could be put back; why follows, up to the end.</summary>
    Failed,
}
