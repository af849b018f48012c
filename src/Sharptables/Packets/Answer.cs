namespace Sharptables.Packets;

/// <summary>Whether a packet is one that is asked for. Of several that must all hold, the least is the answer to all.</summary>
internal enum Answer
{
    /// <summary>It is not.</summary>
    No,

    /// <summary>That depends on what is not known of it.</summary>
    Unknown,

    /// <summary>The kernel cannot tell, since the packet is cut off or makes no sense, and drops it.</summary>
    Dropped,

    /// <summary>It is.</summary>
    Yes,
}
