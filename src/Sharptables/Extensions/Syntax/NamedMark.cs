using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// A number with a mask, <c>0x1/0xff</c>, or the name of a number, without a mask; shown by name except in numeric listings.
/// </summary>
/// <param name="kind">What the numbers are.</param>
internal sealed class NamedMark(NameKind kind) : Syntax<MarkMask>
{
    private static readonly MarkMaskSyntax s_number = new();

    /// <inheritdoc/>
    public override string Placeholder => s_number.Placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref MarkMask field)
    {
        if (IsNumber(argument.Text))
        {
            s_number.Parse(argument, ref field);
        }
        else if (argument.Names.TryGetNumber(kind, argument.Text, out uint named))
        {
            field = new MarkMask { Mark = named, Mask = uint.MaxValue };
        }
        else
        {
            throw argument.Refuse($"could not map name {argument.Word} to an integer value for option \"--{argument.Option.FullName}\".\n");
        }
    }

    /// <inheritdoc/>
    public override void Write(in MarkMask field, Output output, in Format format)
    {
        // A name that looks like a number would be read as that number.
        if (!(format.IsListing && format.IsNumeric) && field.Mask == uint.MaxValue
            && format.Names.TryGetName(kind, field.Mark, out ReadOnlySpan<byte> name) && !IsNumber(name))
        {
            output.Write(name);
        }
        else
        {
            s_number.Write(field, output, format);
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text) =>
        Numerals.TryReadPrefix(text, out ulong value, out ReadOnlySpan<byte> rest) && value <= uint.MaxValue
        && (rest.IsEmpty || rest[0] == '/');
}
