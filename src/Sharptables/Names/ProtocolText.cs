using System;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Names;

/// <summary>Reads and writes the protocol of a rule.</summary>
internal static class ProtocolText
{
    /// <summary>Reads a protocol; <paramref name="match"/> is the match that its options belong to.</summary>
    public static ushort Read(ReadOnlySpan<byte> word, INames names, out string? match, bool isShownAsTyped = false)
    {
        if (word is not [>= (byte)'a', ..] && Numerals.TryRead(word, 0, 255, out ulong number))
        {
            match = NameOf((ushort)number, names);
            return (ushort)number;
        }

        if (Protocols.FindOwn(word) is { } own)
        {
            match = own.Number == 0 ? null : own.Name;
            return own.Number;
        }

        string lower = MessageText.Of(word).ToLowerInvariant();
        if (!names.TryGetNumber(NameKind.Protocol, Encoding.UTF8.GetBytes(lower), out uint found))
        {
            throw new UsageException($"unknown protocol \"{(isShownAsTyped ? MessageText.Of(word) : lower)}\" specified");
        }

        match = lower;
        return (ushort)found;
    }

    /// <summary>Writes a protocol by name if it has one.</summary>
    public static void WriteName(ushort number, Output output, INames names)
    {
        if (Protocols.OwnName(number) is null && names.TryGetName(NameKind.Protocol, number, out ReadOnlySpan<byte> name))
        {
            output.Write(name);
        }
        else
        {
            WriteShortName(number, output);
        }
    }

    /// <summary>Writes a protocol by name if that needs no file, else by number.</summary>
    public static void WriteShortName(ushort number, Output output)
    {
        if (Protocols.OwnName(number) is { } own)
        {
            output.Write(own);
        }
        else
        {
            output.WriteNumber((ulong)number);
        }
    }

    private static string? NameOf(ushort number, INames names)
    {
        Output text = new(Output.Kept);
        WriteName(number, text, names);
        return number == 0 ? null : MessageText.Of(text.Written);
    }
}
