using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The new ports of a NAT target: <c>80</c>, <c>80-90</c>, <c>80-90/8080</c> or the name of a service.</summary>
/// <typeparam name="TRange">The struct that holds them.</typeparam>
internal sealed class NatPorts<TRange> : Syntax<TRange>
    where TRange : unmanaged, INatRange
{
    /// <inheritdoc/>
    public override string Placeholder => "<port>[-<port>]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref TRange field)
    {
        if (argument.Rule.Protocol is not (Protocol.Tcp or Protocol.Udp or Protocol.Sctp or Protocol.Dccp or Protocol.Icmp))
        {
            throw new UsageException("Need TCP, UDP, SCTP or DCCP with port specification")
            {
                Hint = "A port is a protocol's: name the protocol in front of the target, as in -p tcp -j " + argument.Extension.Name + ".",
            };
        }

        ReadOnlySpan<byte> text = argument.Text;
        if (!TryReadNumber(text, 0, out ushort first, out ReadOnlySpan<byte> rest))
        {
            if (!PortText.TryGetPort(text, argument.Names, [], out first))
            {
                throw NotValid(text);
            }

            rest = [];
        }

        ushort last = first;
        if (!rest.IsEmpty)
        {
            switch (rest[0])
            {
                case (byte)'-':
                    last = ReadLast(argument, rest[1..], first, ref field);
                    break;
                case (byte)':':
                    throw new UsageException("Invalid port:port syntax - use dash");
                default:
                    throw new UsageException($"Garbage after port value: `{Text(rest)}'");
            }
        }

        field.FirstPort = new Be16(first);
        field.LastPort = new Be16(last);
        field.Flags |= INatRange.MapsPorts;
    }

    /// <inheritdoc/>
    public override void Write(in TRange field, Output output, in Format format)
    {
        TRange range = field;
        output.WriteNumber((ulong)range.FirstPort.Value);
        bool isShifted = (range.Flags & INatRange.IsShifted) != 0;
        if (range.LastPort != range.FirstPort || isShifted)
        {
            output.Write((byte)'-');
            output.WriteNumber((ulong)range.LastPort.Value);
        }

        if (isShifted)
        {
            output.Write((byte)'/');
            output.WriteNumber(TRange.HasBasePort ? (ulong)range.BasePort.Value : 0); // iptables 1.8.9 may have set only the flag
        }
    }

    private static ushort ReadLast(in Argument argument, ReadOnlySpan<byte> text, ushort first, ref TRange field)
    {
        if (!TryReadNumber(text, 0, out ushort last, out ReadOnlySpan<byte> rest))
        {
            throw NotValid(text);
        }

        if (last < first)
        {
            throw new UsageException($"Port range `{Text(text)}' funky") { Hint = $"The range runs backwards: from {first} to {last}." };
        }

        if (rest.IsEmpty)
        {
            return last;
        }

        if (rest[0] != '/')
        {
            throw new UsageException($"Garbage after port range: `{Text(rest)}'");
        }

        rest = rest[1..];
        // iptables' SNAT and MASQUERADE accept a base port, drop it, and save 0, which they cannot read. The kernel then counts from 0.
        ushort basePort = 0;
        bool isLost = argument.Rule.Line > 0 && rest.SequenceEqual("0"u8);
        if (!isLost && !TryReadNumber(rest, 1, out basePort, out _) && !PortText.TryGetPort(rest, argument.Names, [], out basePort))
        {
            throw NotValid(rest);
        }

        if (TRange.HasBasePort)
        {
            field.BasePort = new Be16(basePort);
        }
        else if (!isLost)
        {
            throw new UsageException("Shifted portmap ranges not supported with this kernel")
            {
                Hint = "Only DNAT can shift a range of ports.",
            };
        }

        field.Flags |= INatRange.IsShifted;
        return last;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, ushort min, out ushort value, out ReadOnlySpan<byte> rest)
    {
        bool isNumber = Numerals.TryReadPrefix(text, out ulong number, out rest) && number >= min && number <= ushort.MaxValue;
        value = isNumber ? (ushort)number : (ushort)0;
        return isNumber;
    }

    private static UsageException NotValid(ReadOnlySpan<byte> text) => new($"Port `{Text(text)}' not valid");

    private static string Text(ReadOnlySpan<byte> text) => MessageText.Of(text);
}
