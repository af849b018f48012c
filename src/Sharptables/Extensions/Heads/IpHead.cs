using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>What the heads of IPv4 and IPv6 share: their options, and their columns in listings.</summary>
/// <typeparam name="TInfo">The kernel's struct.</typeparam>
/// <typeparam name="TAddress">An address in it.</typeparam>
internal abstract class IpHead<TInfo, TAddress> : Match<TInfo>, IHead, IColumns
    where TInfo : unmanaged, IIpConditions<TAddress>
    where TAddress : unmanaged
{
    /// <inheritdoc/>
    public override string Summary => "The conditions in the head of a rule.";

    /// <inheritdoc/>
    public Extension Match => this;

    /// <inheritdoc/>
    public IColumns Columns => this;

    /// <inheritdoc/>
    public virtual string? Refusal(byte letter) => null;

    /// <inheritdoc/>
    public string? Fault(ReadOnlySpan<byte> payload) =>
        !payload.Slice(InterfacesOffset, 4 * InterfaceName.Size).ContainsAnyExcept((byte)0) || Fields(in As(payload)).CanBeTyped
            ? null
            : "the name of an interface cannot be typed";

    /// <summary>Of interface names, only bytes under the mask count.</summary>
    public override bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a[..InterfacesOffset].SequenceEqual(b[..InterfacesOffset])
        && (a[InterfacesOffset..].SequenceEqual(b[InterfacesOffset..]) || Fields(in As(a)).AreSame(Fields(in As(b))));

    /// <inheritdoc/>
    public void WriteTitles(Output output, bool isVerbose)
    {
        output.Write("prot opt "u8);
        output.Write(isVerbose ? "in     out     "u8 : default);
        output.Write("source               destination         \n"u8);
    }

    /// <inheritdoc/>
    public void WriteColumns(ReadOnlySpan<byte> payload, Output output, in Format format, bool isVerbose) =>
        Fields(in As(payload)).WriteColumns(output, format, isVerbose);

    /// <inheritdoc/>
    public void WriteChange(ReadOnlySpan<byte> payload, Output output) => Fields(in As(payload)).WriteChange(output);

    /// <inheritdoc/>
    public void WriteEntry(ReadOnlySpan<byte> payload, Output output) => Fields(in As(payload)).WriteEntry(output);

    protected static Switch<TInfo> Inverted(Inversions what) => Bit((ref i) => ref i.Inversions, (byte)what);

    /// <summary>Declares the options of both families.</summary>
    /// <param name="whenProtocol">What the protocol also sets.</param>
    /// <param name="neverMatched">Protocols that the kernel never sees.</param>
    protected static Option[] CommonOptions(Change<TInfo>? whenProtocol = null, params ushort[] neverMatched) =>
    [
        new AddressesOption<TInfo, TAddress>("source", "The source of the packet.", (ref i) => ref i.Source)
        {
            Of = Field.Ip.Source,
            Letter = 's',
            Rank = 1,
            Aliases = ["src"],
            Invert = Inverted(Inversions.Source),
            IsLate = true,
        },
        new AddressesOption<TInfo, TAddress>("destination", "The destination of the packet.", (ref i) => ref i.Destination)
        {
            Of = Field.Ip.Destination,
            Letter = 'd',
            Rank = 2,
            Aliases = ["dst"],
            Invert = Inverted(Inversions.Destination),
            IsLate = true,
        },
        new Option<TInfo, Interleaved<InterfaceName>>("in-interface", new InterfaceSyntax(), (ref i) => ref i.InInterface,
            "The interface the packet came in by; a + at the end matches any rest.")
        {
            Of = Field.Meta.InInterface,
            Letter = 'i',
            Rank = 6,
            Invert = Inverted(Inversions.InInterface),
            When = static (in i) => In(i).InInterface.HasMask || Inverts(i, Inversions.InInterface),
            NotInChains = ["POSTROUTING", "OUTPUT"],
            NotInChainsHint = "Packets there have no incoming interface; use -o.",
        },
        new Option<TInfo, Interleaved<InterfaceName>>("out-interface", new InterfaceSyntax(), (ref i) => ref i.OutInterface,
            "The interface the packet goes out by.")
        {
            Of = Field.Meta.OutInterface,
            Letter = 'o',
            Rank = 7,
            Invert = Inverted(Inversions.OutInterface),
            When = static (in i) => In(i).OutInterface.HasMask || Inverts(i, Inversions.OutInterface),
            NotInChains = ["PREROUTING", "INPUT"],
            NotInChainsHint = "The outgoing interface of a packet is not known yet there; use -i.",
        },
        new Option<TInfo, ushort>("protocol", new ProtocolSyntax(neverMatched), (ref i) => ref i.Protocol, "The protocol, by name or number.")
        {
            Of = Field.Ip.Protocol,
            Letter = 'p',
            Rank = 3,
            DecidesOptions = true,
            Before = whenProtocol,
            Invert = Inverted(Inversions.Protocol),
            When = static (in i) => In(i).Protocol != 0,
        },
    ];

    /// <inheritdoc/>
    protected override void Finish(ref TInfo info, in Given given, RuleInProgress rule)
    {
        if (rule.Alternatives.Count > 1 && Inverts(info, Inversions.Source | Inversions.Destination))
        {
            throw new UsageException("! not allowed with multiple source or destination IP addresses");
        }
    }

    /// <summary>The struct for its properties, which are writable and so need a writable reference.</summary>
    private static ref TInfo In(in TInfo info) => ref Unsafe.AsRef(in info);

    private static bool Inverts(in TInfo info, Inversions what) => (In(info).Inversions & (byte)what) != 0;

    private static IpFields Fields(in TInfo info)
    {
        ref TInfo head = ref In(info);
        return new IpFields
        {
            Source = Bytes(in head.Source.Value),
            SourceMask = Bytes(in head.Source.Mask),
            Destination = Bytes(in head.Destination.Value),
            DestinationMask = Bytes(in head.Destination.Mask),
            InInterface = head.InInterface.Value,
            InInterfaceMask = head.InInterface.Mask,
            OutInterface = head.OutInterface.Value,
            OutInterfaceMask = head.OutInterface.Mask,
            Protocol = head.Protocol,
            Flags = head.Flags,
            Inversions = (Inversions)head.Inversions,
            IsFragment = head.IsFragment,
            TrafficClass = head.TrafficClass,
        };
    }

    private static ReadOnlySpan<byte> Bytes(in TAddress address) => MemoryMarshal.AsBytes(new ReadOnlySpan<TAddress>(in address));

    /// <summary>The offset of the interface names: after two addresses and their masks.</summary>
    private static int InterfacesOffset => 4 * Unsafe.SizeOf<TAddress>();
}
