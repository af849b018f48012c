using System;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>A field on which options are conditions that are not translated as such: nft(8) has other words for them, or none.</summary>
/// <param name="place">Where a packet has it.</param>
internal sealed class UnsaidField(Field place) : Field(place.Name, place.Bits, place.Type)
{
    /// <inheritdoc/>
    public override bool IsNetworkOrder => place.IsNetworkOrder;

    /// <inheritdoc/>
    public override Header? Header => place.Header;

    /// <inheritdoc/>
    public override Slot? Slot => place.Slot;

    /// <inheritdoc/>
    public override UInt128 Mask => place.Mask;

    /// <inheritdoc/>
    public override int Shift => place.Shift;

    /// <inheritdoc/>
    public override Field In(Family family) => place.In(family) is var its && ReferenceEquals(its, place) ? this : new UnsaidField(its);
}
