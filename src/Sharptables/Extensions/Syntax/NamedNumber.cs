using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A number in any base of C, or the word for one in any case; most significant byte first.</summary>
/// <typeparam name="T">The field: at most four bytes.</typeparam>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="complaint">The message for anything else, which replaces <c>{0}</c>.</param>
/// <param name="writesWords">Whether a number that has a word is written by it.</param>
/// <param name="words">The words.</param>
internal sealed class NamedNumber<T>(string placeholder, string complaint, bool writesWords, params (string Word, ushort Value)[] words) : Syntax<T>
    where T : unmanaged
{
    /// <summary>The greatest that is accepted, if not all that the field holds.</summary>
    public ulong Greatest { get; init; } = ulong.MaxValue >> (64 - (8 * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));

    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(words, static word => word.Word);

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref field));
        if (!TryFind(argument.Text, out ulong number) && !Numerals.TryRead(argument.Text, 0, Greatest, out number))
        {
            throw new UsageException(complaint.Replace("{0}", argument.Word, StringComparison.Ordinal));
        }

        for (int i = bytes.Length - 1; i >= 0; i--, number >>= 8)
        {
            bytes[i] = (byte)number;
        }
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        ulong number = 0;
        foreach (byte next in MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in field)))
        {
            number = (number << 8) | next;
        }

        foreach ((string word, ushort value) in writesWords ? words : [])
        {
            if (value == number)
            {
                output.Write(word);
                return;
            }
        }

        output.WriteNumber(number);
    }

    private bool TryFind(ReadOnlySpan<byte> text, out ulong number)
    {
        foreach ((string word, ushort value) in words)
        {
            if (Ascii.EqualsIgnoreCase(text, word))
            {
                number = value;
                return true;
            }
        }

        number = 0;
        return false;
    }
}
