using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary>What the targets of the <c>nat</c> table share: a range, which is their whole struct, and its flags.</summary>
/// <typeparam name="TRange">The kernel's struct, which differs by family.</typeparam>
internal abstract class NatTarget<TRange> : Target<TRange>
    where TRange : unmanaged, INatRange
{
    /// <summary>Which change it is; null for one that is no statement of nf_tables.</summary>
    protected virtual AddressTranslation? Kind => null;

    /// <summary>Whether ports were given.</summary>
    protected static Switch<TRange> Ports { get; } = Bit((ref i) => ref i.Flags, INatRange.MapsPorts);

    /// <inheritdoc/>
    protected override void Begin(ref TRange info) => info.Begin();

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <summary>Declares an option for a flag of the range.</summary>
    protected static Option RangeFlag(string name, uint flag, string summary) =>
        Flag(name, Bit((ref i) => ref i.Flags, flag), summary);

    /// <summary>Whether the range has an address or a port.</summary>
    protected static bool Maps(in TRange range)
    {
        TRange copy = range;
        return (copy.Flags & (INatRange.MapsAddresses | INatRange.MapsPorts)) != 0;
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref TRange info)
    {
        uint sayable = INatRange.IsRandom
            | (Kind is AddressTranslation.Snat or AddressTranslation.Dnat ? INatRange.IsPersistent : 0)
            | (Kind is AddressTranslation.Snat or AddressTranslation.Masquerade ? INatRange.IsRandomFully : 0);
        if (statement is not Statement.Nat nat || nat.Kind != Kind || (nat.Flags & ~sayable) != 0)
        {
            return false;
        }

        info.Flags = nat.Flags | (nat.First.Length > 0 ? INatRange.MapsAddresses : 0) | (nat.Ports is null ? 0 : INatRange.MapsPorts);
        nat.First.AsSpan().CopyTo(info.FirstAddress);
        nat.Last.AsSpan().CopyTo(info.LastAddress);
        (info.FirstPort, info.LastPort) = nat.Ports is var (first, last) ? (new Be16(first), new Be16(last)) : default;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in TRange info, NftText nft)
    {
        TRange range = info;
        bool hasAddresses = (range.Flags & INatRange.MapsAddresses) != 0, hasPorts = (range.Flags & INatRange.MapsPorts) != 0;
        int length = nft.Family.AddressSize;
        return Kind is { } kind && (range.Flags & INatRange.IsShifted) == 0 && nft.TryWrite(new Statement.Nat(
            kind,
            hasAddresses ? range.FirstAddress[..length].ToArray() : [],
            hasAddresses ? range.LastAddress[..length].ToArray() : [],
            hasPorts ? (range.FirstPort.Value, range.LastPort.Value) : null,
            range.Flags));
    }
}
