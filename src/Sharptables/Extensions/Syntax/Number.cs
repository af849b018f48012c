using System;
using System.Numerics;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>An integer in any base of C; written in decimal.</summary>
/// <param name="min">The smallest that is accepted.</param>
/// <param name="max">The largest that is accepted.</param>
/// <param name="offset">
/// What is added to the number typed for the kernel's field; -1 where the field counts from 0 and people from 1.
/// </param>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="complaint">The message for anything else, which replaces <c>{0}</c>; null for the usual one.</param>
internal sealed class Number<T>(ulong min, ulong max, int offset = 0, string placeholder = "n", string? complaint = null) : Syntax<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        if (!Numerals.TryRead(argument.Text, min, max, out ulong value))
        {
            throw complaint is null
                ? argument.Refuse($"bad value for option \"--{argument.Option.FullName}\", or out of range ({min}-{max}).\n")
                : new UsageException(complaint.Replace("{0}", argument.Word, StringComparison.Ordinal));
        }

        field = T.CreateTruncating(value + (ulong)(long)offset);
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format) =>
        output.WriteNumber(ulong.CreateTruncating(field - T.CreateTruncating(offset)));
}
