using System;
using System.Globalization;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A protocol of Ethernet that is behind some other header: a hexadecimal number, or a name of <c>/etc/ethertypes</c>.</summary>
/// <param name="complaint">The message for anything else, which replaces <c>{0}</c>; null for the usual one.</param>
/// <param name="form">How it is written, as a format of <see cref="ushort"/>.</param>
/// <param name="takesNames">Whether names are read.</param>
/// <param name="least">The smallest that is accepted.</param>
internal sealed class EtherTypeSyntax(string? complaint, string form, bool takesNames = true, ushort least = 0) : Syntax<Be16>
{
    /// <inheritdoc/>
    public override string Placeholder => "type";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Be16 field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        text = text.StartsWith("0x"u8) || text.StartsWith("0X"u8) ? text[2..] : text;
        uint number;
        if (ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort typed))
        {
            number = typed;
        }
        else if (!takesNames || !argument.Names.TryGetNumber(NameKind.EtherType, argument.Text, out number) || number > ushort.MaxValue)
        {
            throw complaint is null ? OutOfRange(argument) : new UsageException(complaint.Replace("{0}", argument.Word, StringComparison.Ordinal));
        }

        field = number >= least
            ? new((ushort)number)
            : throw OutOfRange(argument);
    }

    /// <inheritdoc/>
    public override void Write(in Be16 field, Output output, in Format format) =>
        output.Write(string.Format(CultureInfo.InvariantCulture, form, field.Value));

    private UsageException OutOfRange(in Argument argument) =>
        argument.Refuse($"bad value for option \"--{argument.Option.FullName}\", or out of range ({least}-{ushort.MaxValue}).\n");
}
