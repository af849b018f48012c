using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>Writes an interface of a rule: the bytes under the mask, and <c>+</c> if it is a prefix.</summary>
internal static class InterfaceText
{
    /// <summary>Whether an option about an interface can be written so that it is read again: it is not written if any is meant.</summary>
    public static bool MayBeTyped(in Interleaved<InterfaceName> name, bool isInverted) => MayBeTyped(name.Value, name.Mask, isInverted);

    /// <inheritdoc cref="MayBeTyped(in Interleaved{InterfaceName}, bool)"/>
    public static bool MayBeTyped(ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask, bool isInverted) =>
        (!isInverted && !mask.ContainsAnyExcept((byte)0)) || CanBeTyped(name, mask);

    /// <summary>Whether what <see cref="Save"/> writes would be read as the same interface.</summary>
    private static bool CanBeTyped(ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask)
    {
        ReadOnlySpan<byte> text = Counted(name, mask, out bool isWhole, out int counted);
        return !mask[counted..].ContainsAnyExcept((byte)0)
            && (isWhole ? text is not ([] or [.., (byte)'+']) && !name[text.Length..counted].ContainsAnyExcept((byte)0) : text.Length < name.Length - 1);
    }

    /// <summary>Writes a name so that it can be typed, in quotes where necessary.</summary>
    public static void Save(Output output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask)
    {
        ReadOnlySpan<byte> text = Counted(name, mask, out bool isWhole, out _);
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
    }

    /// <summary>Writes a name as in a listing.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="name">16 bytes.</param>
    /// <param name="mask">16 bytes: 0xff for each that is compared.</param>
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

    /// <summary>The bytes of a name under the mask, up to a zero byte.</summary>
    private static ReadOnlySpan<byte> Counted(ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask, out bool isWhole, out int counted)
    {
        counted = mask.IndexOfAnyExcept((byte)0xff);
        counted = counted < 0 ? mask.Length : counted;
        int length = name[..counted].IndexOf((byte)0);
        isWhole = length >= 0;
        return isWhole ? name[..length] : name[..counted];
    }
}
