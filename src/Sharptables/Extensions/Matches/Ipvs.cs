using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ipvs</c>.</summary>
internal sealed class Ipvs : Match<IpvsInfo>
{
    private const byte Property = 1 << 0; // XT_IPVS_*
    private const byte Reply = 1 << 4; // XT_IPVS_DIR

    /// <inheritdoc/>
    public override string Name => "ipvs";

    /// <inheritdoc/>
    public override string HelpHeading => "IPVS match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches packets of connections that the IP virtual server distributes.";

    /// <inheritdoc/>
    public override string DependsOn => "the virtual services of the kernel";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("IPVS: At least one option is required");

    public Ipvs() => Options =
    [
        Flag("ipvs", Asked(Property), "The packet belongs to such a connection; all other options imply this.",
            when: static (in i) => i.Asked == Property, invert: Inverted(Property)),
        Option("vproto", new ServedProtocol(), (ref i) => ref i.Protocol, "The protocol of the virtual service, by name or number.",
            present: Asked(1 << 1), invert: Inverted(1 << 1)),
        Option("vaddr", new AddressMaskSyntax(isAlwaysNumeric: true), (ref i) => ref i.Address, "The address of the virtual service.",
            present: Asked(1 << 2), invert: Inverted(1 << 2)),
        Option("vport", new PortNumber(), (ref i) => ref i.Port, "The port of the virtual service, by name or number.",
            present: Asked(1 << 3), invert: Inverted(1 << 3)),
        Option("vdir", new DirectionWord<byte>(Reply), (ref i) => ref i.Inverted, "The direction of the packet.", present: Asked(Reply)),
        Option("vmethod", new Keyword<byte>([("GATE", 3), ("IPIP", 2), ("MASQ", 0)], placeholder: "{GATE|IPIP|MASQ}", ignoresCase: true), (ref i) => ref i.Method,
            "How the packet is forwarded: routed, tunnelled, or with translated addresses.",
            present: Asked(1 << 5), invert: Inverted(1 << 5)),
        Option("vportctl", new PortNumber(), (ref i) => ref i.ControlPort,
            "The port of the controlling connection, such as 21 for FTP.",
            present: Asked(1 << 6), invert: Inverted(1 << 6)),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref IpvsInfo info, in Given given, RuleInProgress rule)
    {
        if ((info.Inverted & Property) != 0 && (info.Asked & ~Property) != 0)
        {
            throw new UsageException("! --ipvs cannot be together with other options");
        }
    }

    private static Switch<IpvsInfo> Asked(byte bit) => Bit((ref i) => ref i.Asked, (byte)(Property | bit));

    private static Switch<IpvsInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inverted, bit);

    private sealed class ServedProtocol : Syntax<byte>
    {
        public override string Placeholder => "protocol";

        public override void Parse(in Argument argument, ref byte field) =>
            field = Numerals.TryRead(argument.Text, 0, byte.MaxValue, out ulong number) ? (byte)number
                : Protocols.TryGetNumber(argument.Text, argument.Names, out uint named)
                    || Protocols.TryGetNumber(Encoding.UTF8.GetBytes(argument.Word.ToLowerInvariant()), argument.Names, out named) ? (byte)named
                : throw new UsageException($"unknown protocol \"{argument.Word}\" specified");

        public override void Write(in byte field, Output output, in Format format) => output.WriteNumber((ulong)field);
    }
}

/// <summary>The kernel's struct for <c>-m ipvs</c>.</summary>
[KernelStruct("struct xt_ipvs_mtinfo", "linux/netfilter/xt_ipvs.h")]
[StructLayout(LayoutKind.Sequential)]
public struct IpvsInfo
{
    /// <summary>The address of the virtual service.</summary>
    [KernelField("vaddr")]
    public AddressMask Address;

    /// <summary>Its port.</summary>
    [KernelField("vport")]
    public Be16 Port;

    /// <summary>Its protocol's number.</summary>
    [KernelField("l4proto")]
    public byte Protocol;

    /// <summary><c>IP_VS_CONN_F_*</c> (linux/ip_vs.h).</summary>
    [KernelField("fwd_method")]
    public byte Method;

    /// <summary>The port of the controlling connection.</summary>
    [KernelField("vportctl")]
    public Be16 ControlPort;

    /// <summary>What is inverted.</summary>
    [KernelField("invert")]
    public byte Inverted;

    /// <summary>What is compared: <c>XT_IPVS_*</c>.</summary>
    [KernelField("bitmask")]
    public byte Asked;
}
