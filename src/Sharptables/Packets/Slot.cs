using System;

namespace Sharptables.Packets;

/// <summary>Where a packet has a value. Fields that are read from the same place have the same slot, whatever rules call them.</summary>
/// <param name="Kind">The kind of place.</param>
/// <param name="Number">The offset in bytes, or the key.</param>
/// <param name="Bits">The width.</param>
/// <param name="Word">The words, if only those tell it.</param>
internal readonly record struct Slot(SlotKind Kind, int Number, int Bits, string? Word = null)
{
    /// <summary>The state of the connection.</summary>
    public static Slot ConnectionState => new(SlotKind.Connection, (int)CtKey.State << 2, 16);

    /// <summary>Whether it is bytes of the packet.</summary>
    public bool IsBytes => Kind is SlotKind.Link or SlotKind.Network or SlotKind.Transport;

    /// <summary>The greatest value.</summary>
    public UInt128 Greatest => UInt128.MaxValue >> (128 - Bits);

    /// <summary>The values that a packet can have there.</summary>
    public Possible Possible => this == ConnectionState ? StateField.Possible : new Possible(Greatest);

    /// <summary>The bytes of a header.</summary>
    /// <param name="start">Where the header begins.</param>
    /// <param name="offset">The offset from there.</param>
    /// <param name="bytes">How many.</param>
    public static Slot Of(HeaderBase start, int offset, int bytes) => new(
        start switch { HeaderBase.Link => SlotKind.Link, HeaderBase.Network => SlotKind.Network, _ => SlotKind.Transport }, offset, bytes * 8);
}
