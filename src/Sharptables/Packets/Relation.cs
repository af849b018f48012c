namespace Sharptables.Packets;

/// <summary>How a number that a packet has is compared with one that a rule has.</summary>
internal enum Relation
{
    /// <summary>They are the same.</summary>
    Equal,

    /// <summary>The packet's is less.</summary>
    Less,

    /// <summary>The packet's is greater.</summary>
    Greater,
}
