namespace Sharptables.Packets;

/// <summary>What a target makes of a packet.</summary>
internal enum Fate
{
    /// <summary>The next rule is asked.</summary>
    Continue,

    /// <summary>No further rule of the table is asked.</summary>
    Accept,

    /// <summary>It goes nowhere, and nobody is told.</summary>
    Drop,

    /// <summary>It goes nowhere, and its sender is told.</summary>
    Reject,

    /// <summary>A program decides.</summary>
    Queue,

    /// <summary>The target has it: it answers or sends it itself.</summary>
    Stolen,
}
