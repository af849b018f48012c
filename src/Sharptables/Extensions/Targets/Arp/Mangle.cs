using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary>arptables' target <c>mangle</c>.</summary>
internal sealed class Mangle : Target<MangleInfo>
{
    private const byte SourceMac = 1, TargetMac = 2, SourceIp = 4, TargetIp = 8; // ARPT_MANGLE_*
    private const int Accept = 1, Drop = 0, Continue = -1; // NF_ACCEPT, NF_DROP, XT_CONTINUE

    /// <inheritdoc/>
    public override string Name => "mangle";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_ARP_MANGLE";

    /// <inheritdoc/>
    public override string Summary => "Changes addresses in ARP.";

    /// <inheritdoc/>
    public override bool EndsRule => true;

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; }

    public Mangle()
    {
        Option[] changes =
        [
            Option("mangle-ip-s", new HostAddress(), (ref i) => ref i.SourceAddress, "The sender's new IPv4 address.", present: Given(SourceIp)),
            Option("mangle-mac-s", new MacAddressSyntax(), (ref i) => ref i.SourceMacAddress, "The sender's new Ethernet address.", present: Given(SourceMac)),
            Option("mangle-ip-d", new HostAddress(), (ref i) => ref i.TargetAddress, "The target's new IPv4 address.", present: Given(TargetIp)),
            Option("mangle-mac-d", new MacAddressSyntax(), (ref i) => ref i.TargetMacAddress, "The target's new Ethernet address.", present: Given(TargetMac)),
        ];
        Options =
        [
            .. changes,
            Option("mangle-target", new Keyword<int>([("ACCEPT", Accept), ("DROP", Drop), ("CONTINUE", Continue)], "bad target for --mangle-target", "target"),
                (ref i) => ref i.Verdict, "What happens to the packet then; ACCEPT if not given.", absent: Accept),
        ];
        AtLeastOne = new("mangle: you must specify an address to change", changes);
    }

    /// <inheritdoc/>
    protected override void Begin(ref MangleInfo info) => info.Verdict = Accept;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref MangleInfo info)
    {
        switch (statement)
        {
            case Statement.End { Verdict: Verdict.Accept or Verdict.Drop or Verdict.Continue } end:
                info.Verdict = end.Verdict switch { Verdict.Accept => Accept, Verdict.Drop => Drop, _ => Continue };
                return true;
            case Statement.Change { From: "", Kept: 0 } change:
                byte bit = change.Field switch
                {
                    "arp saddr ip" => SourceIp,
                    "arp saddr ether" => SourceMac,
                    "arp daddr ip" => TargetIp,
                    "arp daddr ether" => TargetMac,
                    _ => 0,
                };
                if (bit == 0 || (info.Given & bit) != 0)
                {
                    return false;
                }

                Span<byte> value = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(value, change.Value);
                Span<byte> place = bit switch
                {
                    SourceIp => MemoryMarshal.AsBytes(new Span<uint>(ref info.SourceAddress)),
                    TargetIp => MemoryMarshal.AsBytes(new Span<uint>(ref info.TargetAddress)),
                    SourceMac => info.SourceMacAddress,
                    _ => info.TargetMacAddress,
                };
                value[^place.Length..].CopyTo(place);
                info.Given |= bit;
                info.Verdict = Continue; // a statement of nft goes on
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override bool Translate(in MangleInfo info, NftText nft)
    {
        Write(SourceIp, "saddr ip", Ip(info.SourceAddress), info);
        Write(SourceMac, "saddr ether", NftText.MacOf(info.SourceMacAddress, "x2"), info);
        Write(TargetIp, "daddr ip", Ip(info.TargetAddress), info);
        Write(TargetMac, "daddr ether", NftText.MacOf(info.TargetMacAddress, "x2"), info);
        return nft.Write(info.Verdict switch { Accept => " accept", Drop => " drop", _ => "" });

        void Write(byte bit, string field, string value, in MangleInfo info) => nft.Write((info.Given & bit) == 0 ? "" : $" arp {field} set {value}");

        static string Ip(uint address) => string.Join('.', MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in address)).ToArray());
    }

    private static Switch<MangleInfo> Given(byte bit) => Bit((ref i) => ref i.Given, bit);

    /// <summary>An IPv4 address, or the name of a host that has one.</summary>
    private sealed class HostAddress : Syntax<uint>
    {
        public override string Placeholder => "address";

        public override void Parse(in Argument argument, ref uint field) =>
            InetAddressText.Resolve(argument.Text, MemoryMarshal.AsBytes(new Span<uint>(ref field)), argument.Names);

        public override void Write(in uint field, Output output, in Format format) =>
            Addresses.Write(output, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in field)));
    }
}

/// <summary>The kernel's struct for arptables' target <c>mangle</c>.</summary>
[KernelStruct("struct arpt_mangle", "linux/netfilter_arp/arpt_mangle.h")]
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct MangleInfo
{
    [FieldOffset(0)]
    [KernelField("src_devaddr")]
    public MacAddress SourceMacAddress;

    [FieldOffset(16)]
    [KernelField("tgt_devaddr")]
    public MacAddress TargetMacAddress;

    [FieldOffset(32)]
    [KernelField("u_s.src_ip")]
    public uint SourceAddress;

    [FieldOffset(36)]
    [KernelField("u_t.tgt_ip")]
    public uint TargetAddress;

    /// <summary><c>ARPT_MANGLE_*</c>: which of them are changed.</summary>
    [FieldOffset(40)]
    [KernelField("flags")]
    public byte Given;

    /// <summary><c>NF_ACCEPT</c>, <c>NF_DROP</c> or <c>XT_CONTINUE</c>.</summary>
    [FieldOffset(44)]
    [KernelField("target")]
    public int Verdict;
}
