using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>The name of an interface; with a <c>+</c> at its end, a prefix of names. A <c>+</c> alone is no condition, unless it is inverted.</summary>
internal sealed class InterfacePatternSyntax : Syntax<InterfacePattern>
{
    private static readonly InterfaceSyntax s_name = new();

    /// <inheritdoc/>
    public override string Placeholder => "name[+]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref InterfacePattern field)
    {
        Interleaved<InterfaceName> name = default;
        s_name.Parse(argument, ref name);
        field = name.HasMask || argument.IsInverted ? InterfacePattern.Of(name) : default;
    }

    /// <inheritdoc/>
    public override void Write(in InterfacePattern field, Output output, in Format format) => s_name.Write(field.AsMasked, output, format);
}
