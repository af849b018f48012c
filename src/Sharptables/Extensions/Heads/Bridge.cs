using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Packets;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of a rule for the frames of a bridge.</summary>
internal sealed class Bridge : Match<EbtEntry>, IHead
{
    private const string Incoming = "INPUT, FORWARD, PREROUTING and BROUTING", Outgoing = "OUTPUT, FORWARD and POSTROUTING";

    private static readonly string[] s_notIncoming = ["OUTPUT", "POSTROUTING"];
    private static readonly string[] s_notOutgoing = ["INPUT", "PREROUTING", "BROUTING"];

    /// <inheritdoc/>
    public override string Name => "bridge";

    /// <inheritdoc/>
    public override string KernelOption => "NF_TABLES_BRIDGE";

    /// <inheritdoc/>
    public override string Summary => "The conditions in the head of a rule.";

    /// <inheritdoc/>
    public Extension Match => this;

    /// <inheritdoc/>
    public IColumns? Columns => null;

    public Bridge()
    {
        Option protocol = new EtherTypeOption("proto", "The protocol, by name or in hexadecimal; LENGTH for frames with their length in its place.")
        {
            Of = Field.Ether.Protocol,
            Letter = 'p',
            Aliases = ["protocol"],
            Invert = Inverted(0x01),
        };
        Option source = Mac("src", "source", 's', EbtEntry.SourceFlag, Inverted(0x08), Field.Ether.Source, (ref i) => ref i.Source, "The address the frame comes from.");
        Option destination = Mac("dst", "destination", 'd', EbtEntry.DestinationFlag, Inverted(0x10), Field.Ether.Destination, (ref i) => ref i.Destination,
            "The address the frame goes to.");
        Option inInterface = Named("in-if", "in-interface", 'i', Inverted(0x02), Field.Meta.InInterface, (ref i) => ref i.InInterface,
            "The interface the frame came in by; a + at the end matches any rest.", s_notIncoming, Incoming);
        Option inBridge = Named("logical-in", null, '\0', Inverted(0x20), Field.Meta.InBridge, (ref i) => ref i.InBridge,
            "The bridge that this interface is in.", s_notIncoming, Incoming);
        Option outInterface = Named("out-if", "out-interface", 'o', Inverted(0x04), Field.Meta.OutInterface, (ref i) => ref i.OutInterface,
            "The interface the frame goes out by.", s_notOutgoing, Outgoing);
        Option outBridge = Named("logical-out", null, '\0', Inverted(0x40), Field.Meta.OutBridge, (ref i) => ref i.OutBridge,
            "The bridge that this interface is in.", s_notOutgoing, Outgoing);
        Options = [protocol, source, destination, inInterface, inBridge, outInterface, outBridge];
        Native = [source, destination, inInterface, outInterface, inBridge, outBridge, protocol];
    }

    /// <inheritdoc/>
    public string? Refusal(byte letter) => null;

    /// <inheritdoc/>
    public string? Fault(ReadOnlySpan<byte> payload)
    {
        ref readonly EbtEntry entry = ref As(payload);
        return InterfaceText.MayBeTyped(entry.InInterface.AsMasked, (entry.Inversions & 0x02) != 0)
            && InterfaceText.MayBeTyped(entry.OutInterface.AsMasked, (entry.Inversions & 0x04) != 0)
            && InterfaceText.MayBeTyped(entry.InBridge.AsMasked, (entry.Inversions & 0x20) != 0)
            && InterfaceText.MayBeTyped(entry.OutBridge.AsMasked, (entry.Inversions & 0x40) != 0)
            ? null
            : "the name of an interface cannot be typed";
    }

    private static Switch<EbtEntry> Inverted(uint bit) => Bit((ref i) => ref i.Inversions, bit);

    private static Option<EbtEntry, Masked<MacAddress>> Mac(
        string name, string alias, char letter, uint flag, Switch<EbtEntry> invert, Field of, FieldRef<EbtEntry, Masked<MacAddress>> field, string summary) =>
        new(name, new MaskedMacSyntax<MacAddress>($"Problem with specified {alias} mac") { WritesWords = true }, field, summary)
        {
            Of = of,
            Letter = letter,
            Aliases = [alias],
            Present = Bit((ref i) => ref i.Bitmask, flag),
            Invert = invert,
        };

    private static Option<EbtEntry, InterfacePattern> Named(
        string name, string? alias, char letter, Switch<EbtEntry> invert, Field of, FieldRef<EbtEntry, InterfacePattern> field, string summary, string[] notIn, string only) =>
        new(name, new InterfacePatternSyntax(), field, summary)
        {
            Of = of,
            Letter = letter,
            Aliases = alias is null ? [] : [alias],
            Absent = new byte[Sharptables.Kernel.InterfaceName.Size],
            Invert = invert,
            NotInChains = notIn,
            NotInChainsComplaint = $"Use {(letter == '\0' ? $"--{name}" : $"-{letter}")} only in {only} chains",
        };
}
