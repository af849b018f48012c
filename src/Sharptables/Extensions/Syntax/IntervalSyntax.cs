using System;
using System.Numerics;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A number or a range: <c>5</c>, <c>5:9</c>, <c>5:</c>, <c>:9</c>.</summary>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="reversed">The original's message for a range that ends before it begins; null if it accepts one.</param>
/// <param name="isOrdered">Whether the first must not exceed the last; otherwise the caller checks.</param>
internal sealed class IntervalSyntax<T>(string placeholder = "n[:n]", string? reversed = null, bool isOrdered = true) : Syntax<Interval<T>>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Interval<T> field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        if (text.Count((byte)':') > 1)
        {
            throw argument.Refuse($"Too many components for option \"--{argument.Option.FullName}\" (max: 2)\n");
        }

        field.First = Read(argument, ref text, T.MinValue);
        field.Last = field.First;
        if (!text.IsEmpty)
        {
            text = text[1..];
            field.Last = Read(argument, ref text, T.MaxValue);
        }

        if (isOrdered && field.First > field.Last)
        {
            if (reversed is not null)
            {
                throw argument.Refuse(reversed);
            }

            argument.Reverse(field.First, field.Last);
        }
    }

    /// <inheritdoc/>
    public override void Write(in Interval<T> field, Output output, in Format format)
    {
        output.WriteNumber(ulong.CreateTruncating(field.First));
        if (field.First != field.Last)
        {
            output.Write((byte)':');
            output.WriteNumber(ulong.CreateTruncating(field.Last));
        }
    }

    /// <summary>Reads a number up to a colon or the end; if there is none, the end of the scale.</summary>
    private static T Read(in Argument argument, ref ReadOnlySpan<byte> text, T absent)
    {
        if (text.IsEmpty || text[0] == ':')
        {
            return absent;
        }

        if (!Numerals.TryReadPrefix(text, out ulong value, out ReadOnlySpan<byte> rest) || value > ulong.CreateTruncating(T.MaxValue))
        {
            string near = MessageText.Of(text);
            throw argument.Refuse(
                $"bad value for option \"--{argument.Option.FullName}\" near \"{near}\", or out of range (0-{T.MaxValue}).\n");
        }

        if (!rest.IsEmpty && rest[0] != ':')
        {
            throw argument.Refuse(
                $"Argument to \"--{argument.Option.FullName}\" has unexpected characters near \"{MessageText.Of(rest)}\".\n");
        }

        text = rest;
        return T.CreateTruncating(value);
    }
}
