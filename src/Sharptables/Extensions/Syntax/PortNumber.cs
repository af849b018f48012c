using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>One port, by number or by the name of a service of any protocol; written as a number.</summary>
internal sealed class PortNumber : Syntax<Be16>
{
    /// <inheritdoc/>
    public override string Placeholder => "port";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Be16 field) => field = PortText.TryReadOfAny(argument.Text, argument.Names, out ushort port)
        ? new Be16(port)
        : throw new UsageException($"Port \"{argument.Word}\" does not resolve to anything.\n");

    /// <inheritdoc/>
    public override void Write(in Be16 field, Output output, in Format format) => output.WriteNumber((ulong)field.Value);
}
