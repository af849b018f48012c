using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The new address and port of a packet: <c>192.0.2.1-192.0.2.9:80-90</c>, <c>[2001:db8::1]:80</c>, <c>:80</c>.</summary>
/// <typeparam name="TRange">The struct that holds it.</typeparam>
/// <param name="placeholder">What stands for it in help.</param>
internal sealed class NatMapping<TRange>(string placeholder) : Syntax<TRange>
    where TRange : unmanaged, INatRange
{
    private static readonly NatPorts<TRange> s_ports = new();

    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref TRange field)
    {
        bool hasPorts = Split(argument, out ReadOnlySpan<byte> addresses, out ReadOnlySpan<byte> ports);
        if (hasPorts)
        {
            s_ports.Parse(argument.With(ports), ref field);
            if (addresses.IsEmpty)
            {
                return;
            }
        }

        int dash = addresses.IndexOf((byte)'-');
        int length = argument.Family.AddressSize;
        Span<byte> first = field.FirstAddress[..length];
        Span<byte> last = field.LastAddress[..length];
        Read(dash < 0 ? addresses : addresses[..dash], first);
        if (dash < 0)
        {
            first.CopyTo(last);
        }
        else
        {
            Read(addresses[(dash + 1)..], last);
        }

        field.Flags |= INatRange.MapsAddresses;
    }

    /// <inheritdoc/>
    public override void Write(in TRange field, Output output, in Format format)
    {
        TRange range = field;
        bool hasPorts = (range.Flags & INatRange.MapsPorts) != 0;
        if ((range.Flags & INatRange.MapsAddresses) != 0)
        {
            bool isBracketed = hasPorts && format.Family.HasColonsInAddresses;
            if (isBracketed)
            {
                output.Write((byte)'[');
            }

            int length = format.Family.AddressSize;
            ReadOnlySpan<byte> first = range.FirstAddress[..length];
            ReadOnlySpan<byte> last = range.LastAddress[..length];
            Addresses.Write(output, first);
            if (!first.SequenceEqual(last))
            {
                output.Write((byte)'-');
                Addresses.Write(output, last);
            }

            if (isBracketed)
            {
                output.Write((byte)']');
            }
        }

        if (hasPorts)
        {
            output.Write((byte)':');
            s_ports.Write(field, output, format);
        }
    }

    /// <summary>Separates addresses and ports. The colon before the ports is the only one, unless brackets enclose the others.</summary>
    private static bool Split(in Argument argument, out ReadOnlySpan<byte> addresses, out ReadOnlySpan<byte> ports)
    {
        addresses = argument.Text;
        ports = default;
        int open = addresses.IndexOf((byte)'[');
        int colon = addresses.IndexOf((byte)':');
        if (open >= 0)
        {
            int close = addresses.IndexOf((byte)']');
            ReadOnlySpan<byte> rest = close < 0 ? default : addresses[(close + 1)..];
            colon = rest.IndexOf((byte)':');

            // iptables ignores what precedes the brackets, and what is between them and the colon.
            bool isStray = open > 0 || (!rest.IsEmpty && colon != 0 && (colon < 0 || rest[0] != '-'));
            if (!argument.Family.HasColonsInAddresses || close < open || isStray)
            {
                throw new UsageException("Invalid address format")
                {
                    Hint = !argument.Family.HasColonsInAddresses
                        ? $"{argument.Family.Name} addresses have no brackets: 192.0.2.1:80."
                        : "Brackets stand around all addresses, and the ports follow: [2001:db8::1-2001:db8::9]:80.",
                };
            }

            addresses = addresses[(open + 1)..close];
            ports = colon < 0 ? default : rest[(colon + 1)..];
            return colon >= 0;
        }

        if (colon < 0 || addresses[(colon + 1)..].Contains((byte)':'))
        {
            return false;
        }

        ports = addresses[(colon + 1)..];
        addresses = addresses[..colon];
        return true;
    }

    /// <summary>Reads an address as inet_pton(3) does: no names, no zones, no leading zeros.</summary>
    private static void Read(ReadOnlySpan<byte> text, Span<byte> address)
    {
        bool isAddress = !text.Contains((byte)'%') && InetAddressText.TryParse(text, address);
        if (isAddress && address.Length == 4)
        {
            isAddress = AddressText.TryParseIPv4(text, out _) && !HasLeadingZero(text);
        }

        if (!isAddress)
        {
            throw new UsageException($"Bad IP address \"{MessageText.Of(text)}\"");
        }
    }

    private static bool HasLeadingZero(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '0' && text[i + 1] != '.' && (i == 0 || text[i - 1] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
