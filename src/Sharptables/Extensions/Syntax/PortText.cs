using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>Reads and writes one port: its number, or the name of its service (services(5)).</summary>
internal static class PortText
{
    /// <summary>Reads a number in any base of C, or the name of a service of one protocol.</summary>
    /// <param name="text">The text.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="names">What names mean.</param>
    /// <param name="port">The port, in the machine's byte order.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, ushort protocol, INames names, out ushort port)
    {
        if (Numerals.TryRead(text, 0, ushort.MaxValue, out ulong number))
        {
            port = (ushort)number;
            return true;
        }

        port = 0;
        return !text.IsEmpty && Protocols.TryGetName(protocol, names, out ReadOnlySpan<byte> name) && TryGetPort(text, names, name, out port);
    }

    /// <summary>Reads a decimal number, or the name of a service of any protocol, as getaddrinfo(3) does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">What names mean.</param>
    /// <param name="port">The port, in the machine's byte order.</param>
    public static bool TryReadOfAny(ReadOnlySpan<byte> text, INames names, out ushort port)
    {
        ReadOnlySpan<byte> digits = text.TrimStart(" \t"u8);
        digits = !digits.IsEmpty && digits[0] == '+' ? digits[1..] : digits;
        uint number = 0;
        foreach (byte c in digits)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return TryGetPort(text, names, default, out port);
            }

            number = Math.Min((number * 10) + c - '0', ushort.MaxValue + 1u);
        }

        port = (ushort)number;
        return !digits.IsEmpty && number <= ushort.MaxValue;
    }

    /// <summary>Writes a port: by the name of its service, if it has one, in a listing that is not numeric.</summary>
    public static void Write(ushort port, ushort protocol, Output output, in Format format)
    {
        if (!format.IsNumeric
            && protocol != 0
            && Protocols.TryGetName(protocol, format.Names, out ReadOnlySpan<byte> name)
            && format.Names.TryGetName(NameKind.Service, port, out ReadOnlySpan<byte> service, name))
        {
            output.Write(service);
        }
        else
        {
            output.WriteNumber((ulong)port);
        }
    }

    /// <summary>The port of a service of a protocol, or of any if that is empty; in the machine's byte order.</summary>
    public static bool TryGetPort(ReadOnlySpan<byte> text, INames names, ReadOnlySpan<byte> protocol, out ushort port)
    {
        bool isFound = names.TryGetNumber(NameKind.Service, text, out uint number, protocol);
        port = (ushort)number;
        return isFound;
    }
}
