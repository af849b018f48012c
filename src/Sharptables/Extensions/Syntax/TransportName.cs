using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The protocol that an IP packet carries, by name or number; written by name if it has one.</summary>
internal sealed class TransportName : Syntax<byte>
{
    /// <inheritdoc/>
    public override string Placeholder => "protocol";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field) => field = (byte)ProtocolText.Read(argument.Text, argument.Names, out _, isShownAsTyped: true);

    /// <inheritdoc/>
    public override void Write(in byte field, Output output, in Format format)
    {
        if (field == 0)
        {
            output.Write("ip"u8); // 0 is any protocol only where there is a protocol to choose
        }
        else
        {
            ProtocolText.WriteName(field, output, format.Names);
        }
    }
}
