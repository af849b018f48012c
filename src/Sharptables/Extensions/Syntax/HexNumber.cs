using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A number of 32 bits, read as C has them, written in hexadecimal: a mask.</summary>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="min">The smallest that may be typed.</param>
/// <param name="digits">How many digits are written at least.</param>
internal sealed class HexNumber(string placeholder, uint min = 0, int digits = 1) : Syntax<uint>
{
    private readonly Number<uint> _number = new(min, uint.MaxValue);

    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field) => _number.Parse(argument, ref field);

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format)
    {
        output.Write("0x"u8);
        output.WriteHexDigits(field, digits);
    }
}
