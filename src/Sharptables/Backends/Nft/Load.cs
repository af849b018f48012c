using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>What an expression has put into registers.</summary>
/// <param name="Source">Where it comes from: the header or the kind of data.</param>
/// <param name="Key">The offset in a header, in bytes, or which of the data.</param>
/// <param name="Length">How many bytes; of data of the kernel, how many registers it may fill.</param>
internal sealed record Load(LoadSource Source, uint Key, int Length)
{
    /// <summary>The direction of a connection, or null.</summary>
    public byte? Direction { get; init; }

    /// <summary>What is right behind it in the registers and is compared with it, or null.</summary>
    public Load? Next { get; init; }

    /// <summary>The same in the words of nft(8), by which a field without expressions of its own is found.</summary>
    public Term? Term { get; init; }

    /// <summary>The mask that was put on it, or null.</summary>
    public byte[]? Mask { get; init; }

    /// <summary>The bits that were flipped behind the mask, or null.</summary>
    public byte[]? Xor { get; init; }

    /// <summary>The bytes, of an immediate value.</summary>
    public byte[]? Value { get; init; }

    /// <summary>Whether it was converted from the machine's byte order to that of the network.</summary>
    public bool IsSwapped { get; init; }

    /// <summary>Whether its bytes are in network byte order.</summary>
    public bool IsNetworkOrder => IsSwapped || Source switch
    {
        LoadSource.Link or LoadSource.Network or LoadSource.Transport => true,
        LoadSource.Meta => IsInterface || (MetaKey)Key is MetaKey.Protocol,
        LoadSource.Word => Term!.IsNetworkOrder,
        LoadSource.Connection => (CtKey)Key is CtKey.Src or CtKey.Dst or CtKey.ProtoSrc or CtKey.ProtoDst,
        _ => false,
    };

    /// <summary>What nf_tables has as the base of bytes of a packet.</summary>
    /// <param name="header"><c>NFT_PAYLOAD_*_HEADER</c>.</param>
    public static LoadSource SourceOf(uint header) => (LoadSource)header;

    /// <summary>Whether it is the name of an interface.</summary>
    public bool IsInterface => Source is LoadSource.Meta && (MetaKey)Key is MetaKey.Iifname or MetaKey.Oifname or MetaKey.BridgeIifname or MetaKey.BridgeOifname;

    /// <summary>Whether it is the beginning of a field of the packet, or all of it.</summary>
    /// <param name="field">The field.</param>
    /// <param name="length">How many bytes are compared.</param>
    public bool IsOf(Field field, int length) => field switch
    {
        JoinedField both => Next is { } next && this with { Next = null } is { } first && first.IsOf(both.First, first.Length)
            && next.IsOf(both.Second, next.Length) && length == both.Bits / 8,
        EitherField => false,
        _ when Next is not null => false,
        BitField of => Source == SourceOf((uint)of.Header!.Base) && Key == of.Offset && length == of.Bytes,
        PayloadField of => Source == SourceOf((uint)of.Header.Base) && Key == of.Offset && IsLong(of, length),
        MetaField of => Source is LoadSource.Meta && Key == (uint)of.Key && length == of.Bits / 8,
        ConnectionField of => Source is LoadSource.Connection && Key == (uint)of.Key && IsLong(of, length)
            && (Direction == of.Direction || of.Key is CtKey.Protocol), // which is the same in both directions
        TcpOptionField => Source is LoadSource.TcpOption,
        _ => false,
    };

    /// <summary>Whether the whole field is compared; of an address the beginning may be enough.</summary>
    private static bool IsLong(Field field, int length) => length == field.Bits / 8 || (length < field.Bits / 8 && field.Type is FieldType.Address or FieldType.Mac);
}
