using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>How an interface of a rule is written: the bytes that count, and <c>+</c> when more may follow.</summary>
public static class InterfaceText
{
    /// <summary>Writes a name as it is typed, in quotes where it must be.</summary>
    /// <returns>Whether what was written is read as the same interface.</returns>
    public static bool TrySave(Output output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask)
    {
        int counted = mask.IndexOfAnyExcept((byte)0xff);
        counted = counted < 0 ? mask.Length : counted;
        int length = name[..counted].IndexOf((byte)0);
        bool isWhole = length >= 0;
        ReadOnlySpan<byte> text = isWhole ? name[..length] : name[..counted];
        if (isWhole && !text.ContainsAny(" \t\""u8))
        {
            output.Write(text);
        }
        else
        {
            Span<byte> typed = stackalloc byte[name.Length + 1];
            text.CopyTo(typed);
            typed[text.Length] = (byte)'+';
            QuotedText.WriteName(typed[..(text.Length + (isWhole ? 0 : 1))], output);
        }

        return !mask[counted..].ContainsAnyExcept((byte)0)
            && (isWhole ? text is not ([] or [.., (byte)'+']) && !name[length..counted].ContainsAnyExcept((byte)0) : text.Length < name.Length - 1);
    }

    /// <summary>Writes a name as a listing has it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="name">16 bytes.</param>
    /// <param name="mask">16 bytes: 0xff where a byte counts.</param>
    public static void Write(Output output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (mask[i] == 0)
            {
                output.Write((byte)'+');
                return;
            }

            if (name[i] == 0)
            {
                return;
            }

            output.Write(name[i]);
        }
    }
}
