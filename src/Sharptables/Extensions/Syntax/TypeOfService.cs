using System;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>Values of the type-of-service byte: a number with a mask, or a name of RFC 1349.</summary>
internal static class TypeOfService
{
    /// <summary>The mask under which a named value is compared and set: all but the upper two bits.</summary>
    public const byte NameMask = 0x3f;

    private static readonly (string Name, byte Value)[] s_names =
    [
        ("Minimize-Delay", 0x10), ("Maximize-Throughput", 0x08), ("Maximize-Reliability", 0x04), ("Minimize-Cost", 0x02),
        ("Normal-Service", 0x00),
    ];

    public static string[] Names { get; } = Array.ConvertAll(s_names, static n => n.Name);

    /// <summary>Reads <c>value[/mask]</c> or a name, in any case.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static void Parse(in Argument argument, out byte value, out byte mask)
    {
        if (Numerals.TryReadPrefix(argument.Text, out ulong number, out ReadOnlySpan<byte> rest) && number <= byte.MaxValue)
        {
            ulong bits = byte.MaxValue;
            if (!rest.IsEmpty && (rest[0] != '/' || !Numerals.TryRead(rest[1..], 0, byte.MaxValue, out bits)))
            {
                throw new UsageException($"Illegal value: \"{argument.Word}\"");
            }

            (value, mask) = ((byte)number, (byte)bits);
            return;
        }

        foreach ((string name, byte named) in s_names)
        {
            if (Ascii.EqualsIgnoreCase(argument.Text, name))
            {
                (value, mask) = (named, NameMask);
                return;
            }
        }

        throw new UsageException($"Symbolic name \"{argument.Word}\" is unknown");
    }

    /// <summary>Writes <c>0x10/0x3f</c>.</summary>
    public static void Write(byte value, byte mask, Output output)
    {
        HexByte.Write(value, output);
        output.Write((byte)'/');
        HexByte.Write(mask, output);
    }

    /// <summary>The name of a value with a name's mask, or null.</summary>
    public static string? NameOf(byte value, byte mask)
    {
        foreach ((string name, byte named) in s_names)
        {
            if (mask == NameMask && named == value)
            {
                return name;
            }
        }

        return null;
    }
}
