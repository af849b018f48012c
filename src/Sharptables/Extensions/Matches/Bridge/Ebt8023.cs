using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>802_3</c>.</summary>
internal sealed class Ebt8023 : Match<Ebt8023Info>
{
    /// <inheritdoc/>
    public override string Name => "802_3";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_802_3";

    /// <inheritdoc/>
    public override string Summary => "Matches frames that have a length in place of a protocol by the LLC header behind it (IEEE 802.2).";

    public Ebt8023() => Options =
    [
        Option("802_3-sap", new HexDigits<byte>("sap", "0x", digits: 2), (ref i) => ref i.Sap, "The service access point, which must be source and destination.",
            of: Field.Llc.Sap, present: Bit((ref i) => ref i.Given, 1), invert: Bit((ref i) => ref i.Inversions, 1)),
        Option("802_3-type", new EtherTypeSyntax(null, "0x{0:x4}", takesNames: false), (ref i) => ref i.Type,
            "The protocol behind a SNAP header, which frames have whose SAP is 0xaa, in hexadecimal.",
            present: Bit((ref i) => ref i.Given, 2), invert: Bit((ref i) => ref i.Inversions, 2)),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref Ebt8023Info info, in Given given, RuleInProgress rule)
    {
        if (!rule.IsLength)
        {
            throw new UsageException("For 802.3 DSAP/SSAP filtering the protocol must be LENGTH");
        }
    }
}

/// <summary>The kernel's struct for ebtables' match <c>802_3</c>.</summary>
[KernelStruct("struct ebt_802_3_info", "linux/netfilter_bridge/ebt_802_3.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct Ebt8023Info
{
    public byte Sap;

    public Be16 Type;

    /// <summary><c>EBT_802_3_*</c>: which of them are compared.</summary>
    [KernelField("bitmask")]
    public byte Given;

    /// <summary>Which of those are inverted.</summary>
    [KernelField("invflags")]
    public byte Inversions;
}
