using System;
using System.Globalization;
using System.Numerics;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A number in hexadecimal, with <c>0x</c> in front or without.</summary>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="prefix">What is written in front of it.</param>
/// <param name="digits">The least number of digits to write.</param>
internal sealed class HexDigits<T>(string placeholder, string prefix = "", int digits = 1) : Syntax<T>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        text = text.StartsWith("0x"u8) || text.StartsWith("0X"u8) ? text[2..] : text;
        if (!T.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out field))
        {
            throw argument.Refuse($"bad value for option \"--{argument.Option.FullName}\", or out of range (0-{T.MaxValue}).\n");
        }
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        output.Write(prefix);
        output.WriteHexDigits(ulong.CreateTruncating(field), digits);
    }
}
