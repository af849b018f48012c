using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A DiffServ codepoint (RFC 2474): the upper six bits of a packet's TOS or traffic class.</summary>
internal sealed class DscpCodepoint : Syntax<byte>
{
    private const byte Max = 63;

    private static readonly Number<byte> s_number = new(0, Max);

    /// <inheritdoc/>
    public override string Placeholder => "value";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field) => s_number.Parse(argument, ref field);

    /// <inheritdoc/>
    public override void Write(in byte field, Output output, in Format format)
    {
        output.Write("0x"u8);
        output.WriteHexDigits(field, minimum: 2);
    }
}
