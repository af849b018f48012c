using System;
using System.Collections.Generic;
using System.Numerics;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>One of a few words, each of which stands for a number.</summary>
/// <param name="words">The words and their numbers; of several for a number the first is written.</param>
/// <param name="complaint">The message for any other word, which replaces <c>{0}</c>; null for the usual one.</param>
/// <param name="placeholder">What stands for it in help; null for the words.</param>
/// <param name="ignoresCase">Whether case is ignored.</param>
internal class Keyword<T>((string Word, T Number)[] words, string? complaint = null, string? placeholder = null, bool ignoresCase = false) :
    Syntax<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>Words for the numbers from 0.</summary>
    public Keyword(string[] words, string? complaint = null, string? placeholder = null, bool ignoresCase = false)
        : this(Array.ConvertAll(words, word => (word, T.CreateTruncating(Array.IndexOf(words, word)))), complaint, placeholder, ignoresCase)
    {
    }

    /// <inheritdoc/>
    public override string Placeholder => placeholder ?? string.Join('|', Choices);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(
        Array.FindAll(words, each => Array.Find(words, first => first.Number == each.Number).Word == each.Word), static each => each.Word);

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        foreach ((string word, T number) in words)
        {
            if (ignoresCase ? Ascii.EqualsIgnoreCase(argument.Text, word) : Ascii.Equals(argument.Text, word))
            {
                field = number;
                return;
            }
        }

        throw complaint is null ? argument.BadValue()
            : new UsageException(complaint.Replace("{0}", argument.Word, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        foreach ((string word, T number) in words)
        {
            if (number == field)
            {
                output.Write(word);
                return;
            }
        }

        output.WriteNumber(long.CreateTruncating(field));
    }
}
