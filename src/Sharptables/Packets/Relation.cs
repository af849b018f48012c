namespace Sharptables.Packets;

/// <summary>How a packet's number compares with a rule's.</summary>
internal enum Relation
{
    Equal,

    Less,

    Greater,
}
