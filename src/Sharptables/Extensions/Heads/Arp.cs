using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of an ARP rule. Without any condition it asks for Ethernet and IPv4, since only then is it known where the addresses are.</summary>
internal sealed class Arp : Match<ArptArp>, IHead
{
    private const ushort Ethernet = 1;
    private const byte EthernetLength = 6;

    private static readonly Masked<Be16> s_ethernet = new() { Value = new Be16(Ethernet), Mask = new Be16(ushort.MaxValue) };
    private static readonly Masked<byte> s_ethernetLength = new() { Value = EthernetLength, Mask = byte.MaxValue };

    /// <inheritdoc/>
    public override string Name => "arp";

    /// <inheritdoc/>
    public override string KernelOption => "NF_TABLES_ARP";

    /// <inheritdoc/>
    public override string Summary => "The conditions in the head of a rule.";

    /// <inheritdoc/>
    public Extension Match => this;

    /// <inheritdoc/>
    public IColumns? Columns => null;

    public Arp()
    {
        Option inInterface = Named("in-interface", 'i', 6, Inverted(0x0001), Field.Meta.InInterface, (ref i) => ref i.InInterface, ["in-if"], "The interface the packet came in by; a + at the end matches any rest.", "OUTPUT");
        Option outInterface = Named("out-interface", 'o', 7, Inverted(0x0002), Field.Meta.OutInterface, (ref i) => ref i.OutInterface, ["out-if"], "The interface the packet goes out by.", "INPUT");
        Option source = Addresses("source-ip", "src-ip", 's', 1, Inverted(0x0004), Field.Arp.Source, (ref i) => ref i.Source, "The sender's IPv4 address.");
        Option destination = Addresses("destination-ip", "dst-ip", 'd', 2, Inverted(0x0008), Field.Arp.Destination, (ref i) => ref i.Target, "The target's IPv4 address.");
        Option sourceMac = Mac("src-mac", "source-mac", "source mac", Inverted(0x0010), Field.Arp.SourceMac, (ref i) => ref i.SourceMac, "The sender's Ethernet address.");
        Option destinationMac = Mac("dst-mac", "destination-mac", "destination mac", Inverted(0x0020), Field.Arp.DestinationMac, (ref i) => ref i.TargetMac, "The target's Ethernet address.");
        Option operation = Number("opcode", new ArpNumberSyntax<Be16>("opcode", "code", 10,
                ("Request", 1), ("Reply", 2), ("Request_Reverse", 3), ("Reply_Reverse", 4), ("DRARP_Request", 5), ("DRARP_Reply", 6), ("DRARP_Error", 7), ("InARP_Request", 8),
                ("ARP_NAK", 9)),
            Inverted(0x0040), Field.Arp.Operation, (ref i) => ref i.Operation, default, "What is asked or said.");
        Option hardwareType = Number("h-type", new ArpNumberSyntax<Be16>("hardware type", "type", 16, ("Ethernet", Ethernet)) { TakesZeroForAny = true },
            Inverted(0x0080), Field.Arp.HardwareType, (ref i) => ref i.HardwareType, s_ethernet, "The kind of hardware, in hexadecimal; Ethernet if not given, 0 for any.");
        Option protocolType = Number("proto-type", new ArpNumberSyntax<Be16>("protocol type", "type", 0, ("IPv4", 0x0800)),
            Inverted(0x0100), Field.Arp.ProtocolType, (ref i) => ref i.ProtocolType, default, "The kind of addresses that are asked about, as an EtherType.");
        Option hardwareLength = Number("h-length", new ArpNumberSyntax<byte>("hardware length", "length", 0), Inverted(0x0200), Field.Arp.HardwareLength,
            (ref i) => ref i.HardwareLength, s_ethernetLength, "The length of a hardware address in bytes; 6, as of Ethernet, if not given, 0/0 for any.", 'l');
        Options =
        [
            inInterface, outInterface, source, sourceMac, destination, destinationMac, hardwareLength, operation, hardwareType, protocolType,
        ];
        Native =
        [
            inInterface, outInterface, hardwareType, protocolType, hardwareLength, operation, sourceMac, source, destinationMac, destination,
        ];
    }

    /// <inheritdoc/>
    public string? Refusal(byte letter) => null;

    /// <inheritdoc/>
    public string? Fault(ReadOnlySpan<byte> payload)
    {
        ref readonly ArptArp info = ref As(payload);
        return InterfaceText.MayBeTyped(info.InInterface, (info.Inversions & 1) != 0) && InterfaceText.MayBeTyped(info.OutInterface, (info.Inversions & 2) != 0)
            ? null
            : "the name of an interface cannot be typed";
    }

    /// <summary>In full listings interfaces are shown even if any is meant.</summary>
    public override void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        foreach (Option option in Options)
        {
            if (option.IsWritten(payload))
            {
                option.Save(payload, output, format);
            }
            else if (format.IsVerbose && option.Letter is 'i' or 'o')
            {
                output.Write($" -{option.Letter} {(format.IsNumeric ? "*" : "any")}");
            }
        }
    }

    /// <inheritdoc/>
    protected override void Finish(ref ArptArp info, in Given given, RuleInProgress rule)
    {
        if (rule.Alternatives.Count > 1 && (info.Inversions & 0x000c) != 0)
        {
            throw new UsageException("! not allowed with multiple source or destination IP addresses");
        }

        bool asksForAddress = info.Source.IsGiven || info.Target.IsGiven || info.SourceMac.HasMask || info.TargetMac.HasMask || (info.Inversions & 0x003c) != 0;
        if (asksForAddress && (info.Inversions & 0x0200) == 0 && MatchesOtherLengths(info.HardwareLength))
        {
            throw new UsageException("Only harware address length of 6 is supported currently.")
            {
                Hint = "The kernel looks for the addresses behind a hardware address of six bytes: with another length, ask for no address.",
            };
        }
    }

    private static bool MatchesOtherLengths(Masked<byte> length) => length.Value != EthernetLength || length.Mask != byte.MaxValue;

    private static Switch<ArptArp> Inverted(ushort bit) => Bit((ref i) => ref i.Inversions, bit);

    private static Option<ArptArp, Interleaved<InterfaceName>> Named(
        string name, char letter, int rank, Switch<ArptArp> invert, Field of, FieldRef<ArptArp, Interleaved<InterfaceName>> field, string[] aliases, string summary,
        string notIn) =>
        new(name, new InterfaceSyntax(), field, summary)
        {
            Of = of,
            Letter = letter,
            Rank = rank,
            Aliases = aliases,
            Invert = invert,
            When = (in i) => field(ref System.Runtime.CompilerServices.Unsafe.AsRef(in i)).HasMask || invert.IsSet(i),
            NotInChains = [notIn],
        };

    private static AddressesOption<ArptArp, uint> Addresses(
        string name, string alias, char letter, int rank, Switch<ArptArp> invert, Field of, FieldRef<ArptArp, Interleaved<uint>> field, string summary) =>
        new(name, summary, field) { Of = of, Letter = letter, Rank = rank, Aliases = [alias], Invert = invert, IsLate = true, WritesFullMask = false };

    private static Option<ArptArp, Masked<ArptArp.DeviceAddress>> Mac(
        string name, string fullName, string what, Switch<ArptArp> invert, Field of, FieldRef<ArptArp, Masked<ArptArp.DeviceAddress>> field, string summary) =>
        Option(name, new MaskedMacSyntax<ArptArp.DeviceAddress>($"Problem with specified {what}"), field, summary,
            absent: default(Masked<ArptArp.DeviceAddress>), invert: invert, fullName: fullName, of: of, complaint: Repeated(name));

    private static Option<ArptArp, Masked<T>> Number<T>(
        string name, ArpNumberSyntax<T> syntax, Switch<ArptArp> invert, Field of, FieldRef<ArptArp, Masked<T>> field, Masked<T> absent, string summary, char letter = '\0')
        where T : unmanaged =>
        new(name, syntax, field, summary)
        {
            Of = of,
            Letter = letter,
            IsSavedByName = true,
            Absent = System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<Masked<T>>(in absent)).ToArray(),
            Asks = (in i) => field(ref System.Runtime.CompilerServices.Unsafe.AsRef(in i)).HasMask || invert.IsSet(i),
            Invert = invert,
            Complaint = Repeated(name),
        };

    private static string Repeated(string name) => $"multiple --{name} flags not allowed";
}
