using System.Collections.Generic;
using System.Numerics;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary><c>ORIGINAL</c> or <c>REPLY</c>, which sets a bit.</summary>
/// <param name="reply">The bit.</param>
internal sealed class DirectionWord<T>(T reply) : Syntax<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private static readonly string[] s_words = ["ORIGINAL", "REPLY"];

    /// <inheritdoc/>
    public override string Placeholder => "{ORIGINAL|REPLY}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices => s_words;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field) =>
        field |= Ascii.EqualsIgnoreCase(argument.Text, s_words[0]) ? T.Zero
            : Ascii.EqualsIgnoreCase(argument.Text, s_words[1]) ? reply
            : throw argument.BadValue();

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format) => output.Write(s_words[(field & reply) == T.Zero ? 0 : 1]);
}
