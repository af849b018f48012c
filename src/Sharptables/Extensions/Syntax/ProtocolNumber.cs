using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The protocol of a connection, by name or number; written as a number. 0 is refused, since no connection has it.</summary>
internal sealed class ProtocolNumber : Syntax<ushort>
{
    /// <inheritdoc/>
    public override string Placeholder => "proto";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref ushort field)
    {
        if (Numerals.TryRead(argument.Text, 0, byte.MaxValue, out ulong number))
        {
            field = (ushort)number;
        }
        else if (Protocols.TryGetNumber(argument.Text, argument.Names, out uint named))
        {
            field = (ushort)named;
        }
        else
        {
            throw new UsageException($"unknown protocol \"{argument.Word}\" specified");
        }

        if (field == 0)
        {
            argument.RefuseUnlessInFile(
                argument.IsInverted ? "condition would always match protocol" : "rule would never match protocol");
        }
    }

    /// <inheritdoc/>
    public override void Write(in ushort field, Output output, in Format format) => output.WriteNumber((ulong)field);
}
