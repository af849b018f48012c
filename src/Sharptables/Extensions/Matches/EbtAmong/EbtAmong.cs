using System;
using System.Runtime.InteropServices;
using Sharptables.Formats.Nft;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>
/// ebtables' match <c>among</c>. Over nf_tables it has no struct of the kernel's: each list is a set that belongs to the rule. Here the lists stand behind
/// each other, those of sources first.
/// </summary>
internal sealed class EbtAmong : Match<AmongInfo>
{
    /// <inheritdoc/>
    public override string Name => "among";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_AMONG";

    /// <inheritdoc/>
    public override string Summary => "Matches frames by lists of Ethernet addresses, with which addresses of IPv4 may go.";

    /// <inheritdoc/>
    public override int SizeInProgress => PayloadSize + (AmongInfo.MostEntries * Marshal.SizeOf<AmongEntry>());

    /// <inheritdoc/>
    public override bool LooksUp => true;

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("You must specify a list of addresses");

    public EbtAmong()
    {
        AmongOption source = new("among-src", isDestination: false, isFile: false, "The frame comes from one of these addresses.")
        {
            Of = Field.Ether.SourceAndAddress,
        };
        AmongOption destination = new("among-dst", isDestination: true, isFile: false, "The frame goes to one of these addresses.")
        {
            Of = Field.Ether.DestinationAndAddress,
        };
        Options =
        [
            .. OneOf(source, new AmongOption("among-src-file", isDestination: false, isFile: true, "Has such a list in a file.") { IsShorthand = true }),
            .. OneOf(destination, new AmongOption("among-dst-file", isDestination: true, isFile: true, "Has such a list in a file.") { IsShorthand = true }),
        ];
        Native = [source, destination];
    }

    /// <inheritdoc/>
    public override int SizeOf(ReadOnlySpan<byte> payload) => PayloadSize + (As(payload).Count * Marshal.SizeOf<AmongEntry>());

    /// <inheritdoc/>
    public override bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => Used(a).SequenceEqual(Used(b));

    /// <summary>Its lists are not said: the original does not either.</summary>
    protected override bool Translate(in AmongInfo info, NftText nft) => false;

    /// <summary>Without what may be behind the last entry.</summary>
    private ReadOnlySpan<byte> Used(ReadOnlySpan<byte> payload) => payload[..Math.Min(payload.Length, SizeOf(payload))];
}

/// <summary>What precedes the lists of <see cref="EbtAmong"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AmongInfo
{
    /// <summary>How many entries a rule has room for.</summary>
    public const int MostEntries = 5000;

    public ushort Sources;

    public ushort Destinations;

    /// <summary>What is inverted: 1 the sources, 2 the destinations.</summary>
    public uint Inversions;

    public readonly int Count => Sources + Destinations;
}
