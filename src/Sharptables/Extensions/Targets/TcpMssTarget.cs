using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Matches;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j TCPMSS</c>.</summary>
internal sealed class TcpMssTarget : Target<TcpMssTargetInfo>
{
    private const int LongestHeader = 60;

    private readonly ushort _least;

    private const string SegmentSize = "tcp option maxseg size", PathMtu = "rt mtu"; // of nft(8)
    private const ushort ClampToPathMtu = ushort.MaxValue; // XT_TCPMSS_CLAMP_PMTU, linux/netfilter/xt_TCPMSS.h

    /// <inheritdoc/>
    public override string Name => "TCPMSS";

    /// <inheritdoc/>
    public override string HelpHeading => "TCPMSS target mutually-exclusive options:";

    /// <inheritdoc/>
    public override string Summary => "Lowers the maximum segment size that a TCP packet announces.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("TCPMSS target: At least one parameter is required");

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Tcp]);

    /// <param name="family">The family, which determines the size of the headers before the segment.</param>
    public TcpMssTarget(Family family)
    {
        _least = family.AddressSize == 4 ? (ushort)536 : (ushort)1220; // RFC 9293, section 3.7.1
        Options =
        [
            Option("set-mss", new Number<ushort>(0, ushort.MaxValue - (uint)family.HeaderSize, placeholder: "value"), (ref i) => ref i.Size,
                "The size, in bytes.", when: static (in i) => i.Size != ClampToPathMtu, label: " TCPMSS set "),
            Flag("clamp-mss-to-pmtu", Switch(static (in i) => i.Size == ClampToPathMtu, static (ref i) => i.Size = ClampToPathMtu),
                "What fits into the smallest MTU on the path, less the headers.", label: " TCPMSS clamp to PMTU"),
        ];
    }

    /// <inheritdoc/>
    protected override string? Misuse(in TcpMssTargetInfo info, Rule rule, Hooks hooks)
    {
        if (info.Size == ClampToPathMtu && (hooks & (Hooks.PreRouting | Hooks.Input)) != 0)
        {
            return "--clamp-mss-to-pmtu may be reached only from FORWARD, OUTPUT, POSTROUTING: the path is not known before";
        }

        foreach (ExtensionRecord match in rule)
        {
            if (match.Name.SequenceEqual("tcp"u8) && Tcp.AsksForSyn(MemoryMarshal.AsRef<TcpInfo>(match.Payload)))
            {
                return null;
            }
        }

        return "the rule must ask for packets with SYN, which alone have the option: add --syn or --tcp-flags SYN,RST SYN";
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref TcpMssTargetInfo info)
    {
        if (statement is not Statement.Change { Field: SegmentSize } change)
        {
            return false;
        }

        info.Size = change.From == PathMtu ? ClampToPathMtu : (ushort)change.Value;
        return change is { From: PathMtu, Kept: ushort.MaxValue, Value: 0 } or { From: "", Value: < ClampToPathMtu };
    }

    /// <inheritdoc/>
    protected override bool Translate(in TcpMssTargetInfo info, NftText nft) =>
        nft.Write($" {SegmentSize} set {(info.Size == ClampToPathMtu ? PathMtu : info.Size)}");

    /// <summary>
    /// A size is only lowered. Where none is announced, the kernel announces what every machine must take, or less, unless data follow. Which size fits
    /// the path is not known, but it is no greater than before.
    /// </summary>
    protected override Fate? Act(in TcpMssTargetInfo info, Packet packet)
    {
        Field field = Field.Tcp.SegmentSize;
        bool isKnown = info.Size != ClampToPathMtu;
        if (!packet.HasBytes)
        {
            packet.Put(field, isKnown ? packet.PossibleOf(field).Limited(info.Size) : new(ushort.MaxValue));
            return Fate.Continue;
        }

        if (packet.Has(Header.Tcp) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? Fate.Continue : Fate.Drop;
        }

        ReadOnlySpan<byte> segment = packet.From(Header.Tcp);
        int end = TcpOptionField.EndOf(segment);
        if (end < 0)
        {
            return Fate.Drop;
        }

        int at = SegmentSizeField.PlaceIn(segment[..end]);
        if (at >= 0)
        {
            ushort before = BinaryPrimitives.ReadUInt16BigEndian(segment[at..]);
            if (isKnown && info.Size < before)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet.Change(Header.Tcp, field)[at..], info.Size);
            }
            else if (!isKnown)
            {
                packet.Put(field, new(ushort.MaxValue, [(0, before)]));
            }
        }
        else if (end == segment.Length && end < LongestHeader)
        {
            ushort least = Math.Min(isKnown ? info.Size : ushort.MaxValue, _least);
            packet.Insert(Header.Tcp, Header.Tcp.Size, [2, 4, (byte)(least >> 8), (byte)least], field);
            packet.Change(Header.Tcp, Field.Tcp.Option)[12] += 1 << 4;
            if (!isKnown)
            {
                packet.Put(field, new(ushort.MaxValue, [(0, least)]));
            }
        }

        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j TCPMSS</c>.</summary>
[KernelStruct("struct xt_tcpmss_info", "linux/netfilter/xt_TCPMSS.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TcpMssTargetInfo
{
    /// <summary>The size in bytes; 65535: the path MTU less headers.</summary>
    public ushort Size;
}
