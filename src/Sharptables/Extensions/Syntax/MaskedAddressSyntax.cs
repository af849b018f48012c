using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// An address of IPv4 or IPv6 and a mask, in a family whose own addresses are others: <c>address[/mask]</c>. Bits outside the mask are not kept, and a
/// full mask is not written.
/// </summary>
/// <typeparam name="T">The address: of four or of sixteen bytes.</typeparam>
internal sealed class MaskedAddressSyntax<T> : Syntax<Masked<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override string Placeholder => "address[/mask]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Masked<T> field)
    {
        Span<byte> address = Masked<T>.ValueOf(ref field), mask = Masked<T>.MaskOf(ref field);
        ReadOnlySpan<byte> text = argument.Text;
        int slash = text.LastIndexOf((byte)'/');
        ReadOnlySpan<byte> host = slash < 0 ? text : text[..slash];
        mask.Fill(0xff);
        if (slash >= 0 && !Addresses.TryReadMask(text[(slash + 1)..], mask))
        {
            throw new UsageException($"invalid mask `{MessageText.Of(text[(slash + 1)..])}' specified");
        }

        if (!Addresses.TryRead(host, address))
        {
            ReadOnlySpan<byte> found = argument.Names.FindAddresses(host, address.Length);
            if (found.Length != address.Length)
            {
                throw new UsageException($"host/network `{MessageText.Of(host)}' not found")
                {
                    Hint = found.IsEmpty ? argument.Names.Gap(null) : "It has several addresses; a rule takes one.",
                };
            }

            found.CopyTo(address);
        }

        for (int i = 0; i < address.Length; i++)
        {
            address[i] &= mask[i];
        }
    }

    /// <inheritdoc/>
    public override void Write(in Masked<T> field, Output output, in Format format)
    {
        Masked<T> copy = field;
        Addresses.Write(output, Masked<T>.ValueOf(ref copy));
        Addresses.WriteMask(output, Masked<T>.MaskOf(ref copy));
    }
}
