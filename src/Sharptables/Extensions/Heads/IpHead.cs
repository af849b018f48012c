using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>What the heads of IPv4 and IPv6 share: their options, and their columns in listings.</summary>
/// <typeparam name="TInfo">The kernel's struct.</typeparam>
/// <typeparam name="TAddress">An address in it.</typeparam>
internal abstract class IpHead<TInfo, TAddress> : Match<TInfo>, IHead
    where TInfo : unmanaged
    where TAddress : unmanaged
{
    /// <inheritdoc/>
    public override string Summary => "The conditions in the head of a rule.";

    /// <inheritdoc/>
    public Extension Match => this;

    /// <inheritdoc/>
    public virtual (string Own, string[] Options)[] HelpPlaces =>
        [("ipv6", ["protocol", "source", "destination", "in-interface"]), ("numeric", ["out-interface"])];

    /// <inheritdoc/>
    public virtual string? Refusal(byte letter) => null;

    /// <inheritdoc/>
    public string? Fault(ReadOnlySpan<byte> payload) =>
        !payload.Slice(InterfacesOffset, 4 * InterfaceName.Size).ContainsAnyExcept((byte)0) || Fields(in As(payload)).CanBeTyped
            ? null
            : "an interface is none that can be typed";

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

    protected abstract IpFields Fields(in TInfo info);

    protected static ReadOnlySpan<byte> Bytes(in TAddress address) => MemoryMarshal.AsBytes(new ReadOnlySpan<TAddress>(in address));

    protected static bool IsInverted(byte bits, Inversions what) => (bits & (byte)what) != 0;

    protected static Switch<TInfo> Inverted(FieldRef<TInfo, byte> field, Inversions what) => Bit(field, (byte)what);

    protected static Option Source(FieldRef<TInfo, Interleaved<TAddress>> field, Switch<TInfo> invert) =>
        new AddressesOption<TInfo, TAddress>("source", "The source of the packet.", field) { Invert = invert, Letter = 's', Rank = 1, Aliases = ["src"], IsLate = true };

    protected static Option Destination(FieldRef<TInfo, Interleaved<TAddress>> field, Switch<TInfo> invert) =>
        new AddressesOption<TInfo, TAddress>("destination", "The destination of the packet.", field) { Invert = invert, Letter = 'd', Rank = 2, Aliases = ["dst"], IsLate = true };

    protected static Option InInterface(FieldRef<TInfo, Interleaved<InterfaceName>> field, Switch<TInfo> invert, Question<TInfo> when) =>
        new Option<TInfo, Interleaved<InterfaceName>>("in-interface", new InterfaceSyntax(), field, "The interface the packet came in by; a + at the end matches any rest.")
        {
            Letter = 'i',
            Rank = 6,
            Invert = invert,
            When = when,
            NotInChains = ["POSTROUTING", "OUTPUT"],
            NotInChainsHint = "Packets there have no incoming interface; use -o.",
        };

    protected static Option OutInterface(FieldRef<TInfo, Interleaved<InterfaceName>> field, Switch<TInfo> invert, Question<TInfo> when) =>
        new Option<TInfo, Interleaved<InterfaceName>>("out-interface", new InterfaceSyntax(), field, "The interface the packet goes out by.")
        {
            Letter = 'o',
            Rank = 7,
            Invert = invert,
            When = when,
            NotInChains = ["PREROUTING", "INPUT"],
            NotInChainsHint = "The outgoing interface of a packet is not known yet there; use -i.",
        };

    protected static Option Protocol(FieldRef<TInfo, ushort> field, Switch<TInfo> invert, Question<TInfo> when, params ushort[] neverMatched) =>
        new Option<TInfo, ushort>("protocol", new ProtocolSyntax(neverMatched), field, "The protocol, by name or number.")
        {
            Letter = 'p',
            Rank = 3,
            DecidesOptions = true,
            Invert = invert,
            When = when,
        };

    /// <inheritdoc/>
    protected override void Finish(ref TInfo info, in Given given, RuleInProgress rule)
    {
        if (rule.Alternatives.Count > 1 && (Fields(in info).Inversions & (Inversions.Source | Inversions.Destination)) != 0)
        {
            throw new UsageException("! not allowed with multiple source or destination IP addresses");
        }
    }

    /// <summary>The offset of the interface names: after two addresses and their masks.</summary>
    private static int InterfacesOffset => 4 * Unsafe.SizeOf<TAddress>();
}
