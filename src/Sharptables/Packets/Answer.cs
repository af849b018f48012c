namespace Sharptables.Packets;

/// <summary>Whether a condition takes a packet. Of several conditions that must all hold, the least answer counts.</summary>
internal enum Answer
{
    No,

    /// <summary>That depends on something about the packet that is not known.</summary>
    Unknown,

    /// <summary>The kernel drops the packet, since it is truncated or malformed.</summary>
    Dropped,

    Yes,
}
