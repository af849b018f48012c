using System;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a network device; with a <c>+</c> at its end, a prefix of names.</summary>
internal sealed class DeviceMaskSyntax : Syntax<DeviceMask>
{
    /// <inheritdoc/>
    public override string Placeholder => "name[+]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref DeviceMask field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        if (text.Length >= DeviceName.Size)
        {
            throw new UsageException($"interface name `{argument.Word}' must be shorter than IFNAMSIZ ({DeviceName.Size - 1})");
        }

        if (text.ContainsAny((byte)'/', (byte)' '))
        {
            argument.Rule.Warn(
                $"Warning: weird character in interface `{argument.Word}' ('/' and ' ' are not allowed by the kernel).");
        }

        field = default;
        text.CopyTo(field.Name);
        int counted = text switch
        {
            [] => 0,
            [.., (byte)'+'] => text.Length - 1,
            _ => text.Length + 1, // the zero byte too: the name ends there
        };
        field.Mask[..counted].Fill(0xff);
    }

    /// <inheritdoc/>
    public override void Write(in DeviceMask field, Output output, in Format format)
    {
        ReadOnlySpan<byte> name = BoundedText<DeviceName>.Text(field.Name);
        if (format.IsListing)
        {
            output.Write(name);
        }
        else
        {
            QuotedText.WriteName(name, output);
        }
    }
}
