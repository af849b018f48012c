using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>One of a few words: the field holds its index, from 0.</summary>
/// <param name="words">The words, by value.</param>
/// <param name="complaint">The message for any other word, which replaces <c>{0}</c>; null for the usual one.</param>
/// <param name="placeholder">What stands for it in help; null for the words.</param>
/// <param name="ignoresCase">Whether case is ignored.</param>
internal sealed class Keyword<T>(string[] words, string? complaint = null, string? placeholder = null, bool ignoresCase = false) :
    Syntax<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder ?? string.Join('|', words);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => words;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (ignoresCase ? Ascii.EqualsIgnoreCase(argument.Text, words[i]) : Ascii.Equals(argument.Text, words[i]))
            {
                field = default;
                Unsafe.As<T, byte>(ref field) = (byte)i; // little-endian: the low byte comes first
                return;
            }
        }

        throw complaint is null ? argument.BadValue() : new UsageException(complaint.Replace("{0}", argument.Word, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        int value = Unsafe.As<T, byte>(ref Unsafe.AsRef(in field));
        if (value < words.Length)
        {
            output.Write(words[value]);
        }
        else
        {
            output.WriteNumber((ulong)value);
        }
    }
}
