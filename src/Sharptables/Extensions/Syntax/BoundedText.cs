using System;
using System.Runtime.InteropServices;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// Text in a field of fixed size (<c>char prefix[30]</c>), NUL-terminated; what does not fit is cut off, as iptables does.
/// </summary>
/// <typeparam name="T">The field, an inline array of bytes.</typeparam>
/// <param name="minimum">The least number of bytes.</param>
/// <param name="newline">The message for a newline in it; null: it may contain one.</param>
/// <param name="isName">Whether it is a name, written without quotes if possible.</param>
/// <param name="placeholder">What stands for it in help.</param>
internal sealed class BoundedText<T>(int minimum = 0, string? newline = null, bool isName = false, string placeholder = "text") : Syntax<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <summary>The text in a field, up to its zero byte.</summary>
    public static ReadOnlySpan<byte> Text(in T field)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in field));
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }

    /// <summary>Whether the text in a field may be the name of a file in /proc, as the kernel wants it.</summary>
    public static bool IsNameOfFile(in T field) => !Text(field).Contains((byte)'/') && Text(field) is not [(byte)'.'] and not [(byte)'.', (byte)'.'];

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        if (argument.Text.Length < minimum)
        {
            throw new UsageException($"Argument must have a minimum length of {minimum} characters\n");
        }

        if (newline is not null && argument.Text.Contains((byte)'\n'))
        {
            throw new UsageException(newline);
        }

        field = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref field));
        argument.Text[..Math.Min(argument.Text.Length, bytes.Length - 1)].CopyTo(bytes);
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        if (isName && format.IsListing)
        {
            output.Write(Text(field));
        }
        else if (isName)
        {
            QuotedText.WriteName(Text(field), output);
        }
        else
        {
            QuotedText.Write(Text(field), output);
        }
    }
}
