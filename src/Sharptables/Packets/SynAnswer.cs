namespace Sharptables.Packets;

/// <summary>What became of a SYN.</summary>
internal enum SynAnswer
{
    /// <summary>Nothing came back.</summary>
    None,

    /// <summary>RST: nothing listens there.</summary>
    Refused,

    /// <summary>SYN,ACK.</summary>
    Accepted,
}
