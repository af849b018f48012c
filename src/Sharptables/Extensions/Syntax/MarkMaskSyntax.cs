using System;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A mark with a mask: <c>0x1/0xff</c>; without a mask, or with a full one, only the mark.</summary>
/// <param name="adjust">Changes the pair after reading, such as <c>--set-mark</c>'s wider mask; null for nothing.</param>
/// <param name="alwaysMask">Whether even a full mask is written.</param>
/// <param name="takesMask">Whether a mask is accepted.</param>
/// <param name="placeholder">What stands for it in help.</param>
internal sealed class MarkMaskSyntax(
    Change<MarkMask>? adjust = null, bool alwaysMask = false, bool takesMask = true, string placeholder = "value[/mask]") : Syntax<MarkMask>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref MarkMask field)
    {
        field.Mark = Read(argument, argument.Text, out ReadOnlySpan<byte> rest);
        field.Mask = uint.MaxValue;
        if (takesMask && !rest.IsEmpty && rest[0] == '/')
        {
            field.Mask = Read(argument, rest[1..], out rest);
        }

        if (!rest.IsEmpty)
        {
            throw argument.Refuse(takesMask
                ? $"trailing garbage after value for option \"--{argument.Option.FullName}\".\n"
                : $"bad value for option \"--{argument.Option.FullName}\", or out of range (0-{uint.MaxValue}).\n");
        }

        adjust?.Invoke(ref field);
    }

    /// <inheritdoc/>
    public override void Write(in MarkMask field, Output output, in Format format)
    {
        output.WriteHex(field.Mark);
        if (alwaysMask || field.Mask != uint.MaxValue)
        {
            output.Write((byte)'/');
            output.WriteHex(field.Mask);
        }
    }

    private uint Read(in Argument argument, ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest) =>
        Numerals.TryReadPrefix(text, out ulong value, out rest) && value <= uint.MaxValue
            ? (uint)value
            : throw argument.Refuse(takesMask
                ? $"bad integer value for option \"--{argument.Option.FullName}\", or out of range.\n"
                : $"bad value for option \"--{argument.Option.FullName}\", or out of range (0-{uint.MaxValue}).\n");
}
