using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A number of 32 bits, read as C has them, written in hexadecimal: a mask.</summary>
/// <param name="placeholder">What stands for it in help.</param>
public sealed class HexNumber(string placeholder) : Syntax<uint>
{
    private static readonly Number<uint> s_number = new(0, uint.MaxValue);

    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field) => s_number.Parse(argument, ref field);

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format) => output.WriteHex(field);
}
