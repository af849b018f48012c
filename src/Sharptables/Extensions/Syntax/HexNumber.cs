using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A 32-bit number in any base of C, written in hexadecimal: a mask.</summary>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="min">The smallest that is accepted.</param>
/// <param name="digits">The least number of digits to write.</param>
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
