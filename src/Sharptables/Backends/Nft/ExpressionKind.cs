namespace Sharptables.Backends.Nft;

/// <summary>The expressions that are read.</summary>
internal enum ExpressionKind
{
    /// <summary>Any other.</summary>
    Other,

    Bitwise,

    ByteOrder,

    Compare,

    Counter,

    Ct,

    ExtensionHeader,

    Immediate,

    Limit,

    Log,

    Lookup,

    Match,

    Meta,

    Payload,

    Queue,

    Range,

    Target,
}
