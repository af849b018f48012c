using System;
using System.Collections.Generic;
using System.Globalization;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Writes what becomes of packets that are traced: a line for the packet, and one for each rule and policy that decides about it.</summary>
/// <param name="output">Where to write.</param>
/// <param name="rules">Writes rules.</param>
internal sealed class TraceText(Output output, EventRules rules)
{
    private readonly ObjectText _objects = new(output);
    private readonly PacketText _packets = new(output);
    private readonly Dictionary<byte, NftSocket> _sockets = []; // by family

    /// <summary>Writes the lines of a message.</summary>
    public void Write(byte family, ReadOnlySpan<byte> trace)
    {
        string packet = string.Create(CultureInfo.InvariantCulture, $" {family} {NetlinkAttributes.FindNumber(trace, NfTables.Trace.Id):x8} ");
        if (PacketText.HasPacket(trace))
        {
            output.Write("PACKET:"u8);
            output.Write(packet);
            _packets.Write(family, trace);
            output.Write((byte)'\n');
        }

        uint type = NetlinkAttributes.FindNumber(trace, NfTables.Trace.Type);
        ulong handle = NetlinkAttributes.FindLongNumber(trace, NfTables.Trace.RuleHandle);
        if (type == NfTables.TraceType.Rule && handle == 0)
        {
            return; // the end of a chain, which is a rule to the kernel
        }

        output.Write(" TRACE:"u8);
        output.Write(packet);
        _objects.WriteName(trace, NfTables.Trace.Table);
        output.Write((byte)':');
        _objects.WriteName(trace, NfTables.Trace.Chain);
        switch (type)
        {
            case NfTables.TraceType.Rule:
                WriteRule(family, trace, handle);
                break;
            case NfTables.TraceType.Policy:
                output.Write(":policy:"u8);
                WriteVerdict((int)NetlinkAttributes.FindNumber(trace, NfTables.Trace.Policy));
                output.Write((byte)' ');
                break;
            default:
                output.Write(":return: "u8);
                break;
        }

        output.Write((byte)'\n');
    }

    private void WriteRule(byte family, ReadOnlySpan<byte> trace, ulong handle)
    {
        output.Write(":rule:"u8);
        output.WriteHex(handle);
        output.Write((byte)':');
        ReadOnlySpan<byte> verdict = NetlinkAttributes.Find(trace, NfTables.Trace.Verdict);
        WriteVerdict((int)NetlinkAttributes.FindNumber(verdict, NfTables.Verdict.Code));
        if (!NetlinkAttributes.Find(verdict, NfTables.Verdict.Chain).IsEmpty)
        {
            output.Write((byte)':');
            _objects.WriteName(verdict, NfTables.Verdict.Chain);
        }

        output.Write("  "u8);
        ReadOnlySpan<byte> table = NetlinkAttributes.FindText(trace, NfTables.Trace.Table);
        ReadOnlySpan<byte> chain = NetlinkAttributes.FindText(trace, NfTables.Trace.Chain);
        if (SocketOf(family).TryReadRule(table, chain, handle, out ReadOnlySpan<byte> rule) && !rules.TryWrite(family, rule, "-A"u8))
        {
            output.Write(ForeignRule.Mark);
            _objects.WriteRule(family, rule, rules.SetsOf(family, rule));
        }
    }

    private void WriteVerdict(int verdict)
    {
        const int KindMask = 0xff, QueueShift = 16; // NF_VERDICT_MASK, NF_VERDICT_QBITS, linux/netfilter.h
        int kind = verdict < 0 ? verdict : verdict & KindMask;
        output.Write(kind switch
        {
            0 => "DROP",
            1 => "ACCEPT",
            2 => "STOLEN",
            3 => "QUEUE",
            4 => "REPEAT",
            -1 => "CONTINUE",
            -2 => "BREAK",
            NfTables.Verdict.Jump => "JUMP",
            NfTables.Verdict.Goto => "GOTO",
            NfTables.Verdict.Return => "RETURN",
            _ => string.Create(CultureInfo.InvariantCulture, $"0x{verdict:x}"),
        });
        if (kind == 3 && verdict >> QueueShift is > 0 and int queue)
        {
            output.Write((byte)':');
            output.WriteNumber((ulong)queue);
        }
    }

    private NftSocket SocketOf(byte family)
    {
        if (!_sockets.TryGetValue(family, out NftSocket? socket))
        {
            _sockets.Add(family, socket = new NftSocket(family));
        }

        return socket;
    }
}
