using System;
using System.Buffers.Binary;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Reads what stands behind <c>-s</c> and <c>-d</c>: <c>address[/mask][,...]</c>, where an address may be a host's or a network's name.
/// </summary>
internal static class AddressListText
{
    /// <summary>Adds every address of a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, Family family, INames names, AddressList addresses)
    {
        if (family.AddressSize == 4 && TryReadPlain(text, addresses))
        {
            return;
        }

        for (; ; )
        {
            int comma = text.IndexOf((byte)',');
            ReadOne(comma < 0 ? text : text[..comma], family, names, addresses);
            if (comma < 0)
            {
                return;
            }

            text = text[(comma + 1)..];
        }
    }

    /// <summary>The common form: one IPv4 address in decimal numbers.</summary>
    private static bool TryReadPlain(ReadOnlySpan<byte> text, AddressList addresses)
    {
        Span<byte> address = stackalloc byte[4];
        if (!Addresses.TryReadPlainIPv4(text, address))
        {
            return false;
        }

        addresses.Add(address, [0xff, 0xff, 0xff, 0xff]);
        return true;
    }

    private static void ReadOne(ReadOnlySpan<byte> text, Family family, INames names, AddressList addresses)
    {
        int size = family.AddressSize;
        Span<byte> address = stackalloc byte[size];
        Span<byte> mask = stackalloc byte[size];
        text = text is [(byte)' ' or (byte)'\t', ..] ? text.TrimStart(" \t"u8) : text;
        int slash = text.LastIndexOf((byte)'/');
        ReadOnlySpan<byte> host = slash < 0 ? text : text[..slash];
        if (slash < 0)
        {
            mask.Fill(0xff);
        }
        else if (!Addresses.TryReadMask(text[(slash + 1)..], mask))
        {
            throw new UsageException($"invalid mask `{MessageText.Of(text[(slash + 1)..])}' specified")
            {
                Hint = $"A mask is a number of bits, 0 to {size * 8}, or an address such as {(size == 4 ? "255.255.255.0" : "ffff:ffff::")}.",
            };
        }

        // No bit of a host behind /0 counts, so that it is not looked up; 0/0 is every address of IPv6, too.
        if (Addresses.IsZero(mask) || Addresses.TryRead(host, address))
        {
            addresses.Add(address, mask);
            return;
        }

        int before = addresses.Count;
        if (size == 4 && names.TryGetNumber(NameKind.Network, host, out uint network))
        {
            BinaryPrimitives.WriteUInt32BigEndian(address, network);
            addresses.Add(address, mask);
            return;
        }

        ReadOnlySpan<byte> found = names.FindAddresses(host, size);
        for (; !found.IsEmpty; found = found[size..])
        {
            addresses.Add(found[..size], mask);
        }

        if (addresses.Count == before)
        {
            throw new UsageException($"host/network `{MessageText.Of(host)}' not found") { Hint = names.Gap(null) };
        }
    }
}
