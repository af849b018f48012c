using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The index of an IPsec security association (SPI, RFC 4301), stored most significant byte first; written in hexadecimal.</summary>
public sealed class SecurityIndex : Syntax<Be32>
{
    private static readonly Number<uint> s_number = new(0, uint.MaxValue);

    /// <inheritdoc/>
    public override string Placeholder => "spi";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Be32 field)
    {
        uint index = 0;
        s_number.Parse(argument, ref index);
        field = new Be32(index);
    }

    /// <inheritdoc/>
    public override void Write(in Be32 field, Output output, in Format format) => output.WriteHex(field.Value);
}
