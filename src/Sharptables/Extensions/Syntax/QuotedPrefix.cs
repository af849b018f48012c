using System;
using System.Runtime.InteropServices;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The beginning of a log message in a field of fixed size, always written in quotes; so it must not have one, nor be cut off.</summary>
/// <typeparam name="T">The field, an inline array of bytes that ends in a NUL.</typeparam>
/// <param name="tooLong">The message for one that does not fit.</param>
internal sealed class QuotedPrefix<T>(string tooLong) : Syntax<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string Placeholder => "text";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        field = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref field));
        if (argument.Text.Length >= bytes.Length)
        {
            throw new UsageException(tooLong) { Hint = $"It has {argument.Text.Length} bytes, and there is room for {bytes.Length - 1}." };
        }

        if (argument.Text.Contains((byte)'"'))
        {
            throw new UsageException("Use of \\\" is not allowed in the prefix");
        }

        argument.Text.CopyTo(bytes);
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        output.Write((byte)'"');
        output.Write(BoundedText<T>.Text(field));
        output.Write((byte)'"');
    }
}
