using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>An 8-bit number in any base of C, written in two hexadecimal digits: <c>0x0a</c>.</summary>
/// <param name="max">The largest that is accepted.</param>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="isUpperCase">Whether the digits are written in upper case.</param>
internal sealed class HexByte(byte max = byte.MaxValue, string placeholder = "value", bool isUpperCase = false) : Syntax<byte>
{
    private readonly Number<byte> _number = new(0, max);

    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    public static void Write(byte value, Output output)
    {
        output.Write("0x"u8);
        output.WriteHexDigits(value, minimum: 2);
    }

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field) => _number.Parse(argument, ref field);

    /// <inheritdoc/>
    public override void Write(in byte field, Output output, in Format format)
    {
        if (isUpperCase)
        {
            output.Write($"0x{field:X2}");
        }
        else
        {
            Write(field, output);
        }
    }
}
