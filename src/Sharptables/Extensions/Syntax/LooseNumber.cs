using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A decimal number as atoi(3) reads it: trailing junk is ignored.</summary>
/// <param name="min">The smallest that is accepted.</param>
/// <param name="max">The largest that is accepted.</param>
/// <param name="placeholder">What stands for it in help.</param>
internal sealed class LooseNumber(uint min, uint max, string placeholder = "n") : Syntax<uint>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field) =>
        field = DecimalText.TryReadPrefix(argument.Text, out ulong value, out _) && value >= min && value <= max
            ? (uint)value
            : throw argument.BadValue();

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format) => output.WriteNumber((ulong)field);
}
