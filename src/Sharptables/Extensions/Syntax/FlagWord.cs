using System;
using System.Collections.Generic;
using System.Numerics;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>One of a few words, each of which stands for a bit of a flags field.</summary>
/// <param name="complaint">The message for any other word, which replaces <c>{0}</c>.</param>
/// <param name="words">The words and their bits; the last may have no bits, and is written when no other applies.</param>
internal sealed class FlagWord<T>(string complaint, params (string Word, T Bit)[] words) : Syntax<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override string Placeholder => string.Join('|', Choices);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(words, static w => w.Word);

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        foreach ((string word, T bit) in words)
        {
            if (Ascii.Equals(argument.Text, word))
            {
                field |= bit;
                return;
            }
        }

        throw new UsageException(complaint.Replace("{0}", argument.Word, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        foreach ((string word, T bit) in words)
        {
            if ((field & bit) == bit)
            {
                output.Write(word);
                return;
            }
        }
    }
}
