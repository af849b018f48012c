namespace Sharptables.Packets;

/// <summary>What a SYN was answered with.</summary>
internal enum SynAnswer
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>RST: nothing listens there.</summary>
    Refused,

    /// <summary>SYN and ACK.</summary>
    Accepted,
}
