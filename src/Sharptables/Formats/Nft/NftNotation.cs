namespace Sharptables.Formats.Nft;

/// <summary>How nft(8) writes values that have no word.</summary>
internal enum NftNotation
{
    Decimal,

    /// <summary>With all digits that its width has: <c>0x0000000a</c>.</summary>
    Hex,

    /// <summary>In hexadecimal, as short as it is.</summary>
    ShortHex,

    /// <summary>An IPv4 or IPv6 address, depending on the width.</summary>
    Address,

    /// <summary>Bytes with colons between them.</summary>
    Mac,

    /// <summary>Text that a zero ends, in quotes.</summary>
    Text,

    /// <summary>The name of an interface, or what such names begin with.</summary>
    Interface,

    /// <summary>The number of an interface, which is written by its name.</summary>
    InterfaceIndex,

    /// <summary>The number of a protocol, which is written by its name if it has one.</summary>
    Protocol,

    /// <summary>A class of traffic control: <c>1:a</c>.</summary>
    Handle,

    /// <summary>A time in seconds: <c>1h30s</c>.</summary>
    Seconds,

    /// <summary>A time in milliseconds.</summary>
    Milliseconds,

    /// <summary>Which bit of a large number it is.</summary>
    BitNumber,

    /// <summary>Nanoseconds since 1970, of which nft takes the seconds.</summary>
    Date,
}
