using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>A time of day, <c>hh:mm[:ss]</c>, as seconds since midnight.</summary>
internal sealed class TimeOfDay : Syntax<uint>
{
    private static readonly uint[] s_bounds = [24, 60, 60];

    /// <inheritdoc/>
    public override string Placeholder => "hh:mm[:ss]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        uint seconds = 0;
        for (int part = 0; part < s_bounds.Length; part++)
        {
            DecimalText.TryReadPrefix(text, out ulong value, out ReadOnlySpan<byte> rest);
            bool isLast = part > 0 && rest.IsEmpty;
            if (value >= s_bounds[part] || !(isLast || (part < 2 && rest is [(byte)':', ..])))
            {
                throw new UsageException(
                    $"invalid time \"{argument.With(text).Word}\" specified, should be hh:mm[:ss] format and within the boundaries");
            }

            seconds = (seconds * 60) + (uint)value;
            if (isLast)
            {
                field = part == 1 ? seconds * 60 : seconds;
                return;
            }

            text = rest[1..];
        }
    }

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format)
    {
        DecimalText.WritePadded(field / 3600, 2, output);
        output.Write((byte)':');
        DecimalText.WritePadded(field / 60 % 60, 2, output);
        output.Write((byte)':');
        DecimalText.WritePadded(field % 60, 2, output);
    }
}
