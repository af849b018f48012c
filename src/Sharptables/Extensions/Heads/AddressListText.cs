using System;
using System.Buffers.Binary;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>
/// Reads the value of <c>-s</c> and <c>-d</c>: <c>address[/mask][,...]</c>, where an address may be the name of a host or network.
/// </summary>
/// <param name="address">Receives the first address, masked; if there are several, all are kept as alternatives.</param>
/// <param name="mask">Receives its mask.</param>
internal ref struct AddressListText(Span<byte> address, Span<byte> mask)
{
    private readonly Span<byte> _address = address;
    private readonly Span<byte> _mask = mask;
    private int _count;

    public static void Read(in Argument argument, Span<byte> address, Span<byte> mask)
    {
        ReadOnlySpan<byte> text = argument.Text;
        if (address.Length == 4 && Addresses.TryReadPlainIPv4(text.EndsWith("/32"u8) ? text[..^3] : text, address))
        {
            mask.Fill(0xff); // the usual form: one address in decimal numbers, as it is typed and as it is saved
            return;
        }

        AddressListText list = new(address, mask);
        for (; ; )
        {
            int comma = text.IndexOf((byte)',');
            list.ReadOne(comma < 0 ? text : text[..comma], argument);
            if (comma < 0)
            {
                return;
            }

            text = text[(comma + 1)..];
        }
    }

    private void ReadOne(ReadOnlySpan<byte> text, in Argument argument)
    {
        int size = _address.Length;
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

        // Behind /0 no bit of a host matters, so it is not looked up; 0/0 means every IPv6 address as well.
        if (Addresses.IsZero(mask) || Addresses.TryRead(host, address))
        {
            if (size == 4 && !Addresses.IsZero(mask))
            {
                Doubt(host, address, slash >= 0, argument);
            }

            Take(address, mask, argument);
            return;
        }

        if (size == 4 && argument.Names.TryGetNumber(NameKind.Network, host, out uint network))
        {
            BinaryPrimitives.WriteUInt32BigEndian(address, network);
            Take(address, mask, argument);
            return;
        }

        ReadOnlySpan<byte> found = argument.Names.FindAddresses(host, size);
        if (found.IsEmpty)
        {
            throw new UsageException($"host/network `{MessageText.Of(host)}' not found") { Hint = argument.Names.Gap(null) };
        }

        if (size == 4 && AddressText.IsNumeric(host))
        {
            argument.Rule.Doubt($"{MessageText.Of(host)} is read as {MessageText.Of(AddressText.FormatIPv4(found))}.");
        }

        for (; !found.IsEmpty; found = found[size..])
        {
            found[..size].CopyTo(address);
            Take(address, mask, argument);
        }
    }

    /// <summary>Says what was read where that is not what it looks like: inet_aton(3) takes fewer numbers, and octal ones.</summary>
    private static void Doubt(ReadOnlySpan<byte> host, ReadOnlySpan<byte> address, bool hasMask, in Argument argument)
    {
        bool isOctal = (host is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..]) || host.IndexOf(".0"u8) is >= 0 and int at && at + 2 < host.Length && host[at + 2] is >= (byte)'0' and <= (byte)'9';
        int dots = host.Count((byte)'.');
        if (isOctal || (dots is 1 or 2 && !hasMask))
        {
            string read = MessageText.Of(AddressText.FormatIPv4(address));
            argument.Rule.Doubt($"{MessageText.Of(host)} is read as {read}{(isOctal ? ": a number that begins with 0 is octal." : $". A network has a mask: {MessageText.Of(host)}{(dots == 2 ? ".0/24" : ".0.0/16")}.")}");
        }
    }

    private void Take(scoped Span<byte> address, scoped ReadOnlySpan<byte> mask, in Argument argument)
    {
        for (int i = 0; i < address.Length; i++)
        {
            address[i] &= mask[i];
        }

        if (++_count == 1)
        {
            address.CopyTo(_address);
            mask.CopyTo(_mask);
            return;
        }

        Alternatives alternatives = argument.Rule.Alternatives;
        if (_count == 2)
        {
            alternatives.Add(argument.Option, _address, _mask);
        }

        alternatives.Add(argument.Option, address, mask);
    }
}
