using System;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// A Type of Service byte and which of its bits count: <c>0x10/0x3f</c>, or one of the five names of RFC 1349, which leave the ECN
/// bits alone.
/// </summary>
public static class TosText
{
    private const byte NameMask = 0x3f;

    private static readonly (string Name, byte Value)[] s_names =
    [
        ("Minimize-Delay", 16), ("Maximize-Throughput", 8), ("Maximize-Reliability", 4), ("Minimize-Cost", 2), ("Normal-Service", 0),
    ];

    /// <summary>The names.</summary>
    public static string[] Names { get; } = Array.ConvertAll(s_names, static n => n.Name);

    /// <summary>Reads a value with or without a mask, or a name.</summary>
    /// <param name="argument">The option.</param>
    /// <param name="mask">The bits that count: all of them when no mask is given.</param>
    /// <returns>The value.</returns>
    /// <exception cref="UsageException">The text is neither.</exception>
    public static byte Read(in Argument argument, out byte mask)
    {
        mask = byte.MaxValue;
        if (!Numerals.TryReadPrefix(argument.Text, out ulong value, out ReadOnlySpan<byte> rest) || value > byte.MaxValue)
        {
            mask = NameMask;
            return ReadName(argument);
        }

        if (!rest.IsEmpty)
        {
            if (rest[0] != '/' || !Numerals.TryRead(rest[1..], 0, byte.MaxValue, out ulong bits))
            {
                throw new UsageException($"Illegal value: \"{argument.Word}\"");
            }

            mask = (byte)bits;
        }

        return (byte)value;
    }

    /// <summary>Writes the name of a value, when it has one, with a blank in front.</summary>
    /// <returns>Whether it has one.</returns>
    public static bool WriteName(byte value, byte mask, Output output)
    {
        foreach ((string name, byte named) in s_names)
        {
            if (named == value && mask == NameMask)
            {
                output.Write((byte)' ');
                output.Write(name);
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes one byte: <c>0x08</c>.</summary>
    public static void WriteNumber(byte value, Output output)
    {
        output.Write("0x"u8);
        output.WriteHexDigits(value, minimum: 2);
    }

    private static byte ReadName(in Argument argument)
    {
        foreach ((string name, byte value) in s_names)
        {
            if (Ascii.EqualsIgnoreCase(argument.Text, name))
            {
                return value;
            }
        }

        throw new UsageException($"Symbolic name \"{argument.Word}\" is unknown");
    }
}
