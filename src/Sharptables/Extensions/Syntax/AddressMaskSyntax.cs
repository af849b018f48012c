using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A host or network: <c>address[/mask]</c>, the mask as a prefix length or as an address. A full mask is not written.</summary>
/// <param name="isAlwaysNumeric">Whether listings never show names.</param>
internal sealed class AddressMaskSyntax(bool isAlwaysNumeric = false) : Syntax<AddressMask>
{
    /// <inheritdoc/>
    public override string Placeholder => "address[/mask]";

    /// <summary>Reads a mask; bytes beyond those of the family are left alone.</summary>
    /// <exception cref="UsageException">The text is not a mask.</exception>
    public static void ParseMask(in Argument argument, ReadOnlySpan<byte> text, ref InetAddress mask)
    {
        Span<byte> bytes = InetAddress.Writable(ref mask, argument.Family);

        // iptables accepts 0xff000000 and 255.0 here; but 33 is not a mask, though inet_aton(3) reads it as 0.0.0.33
        if (!Addresses.TryReadMask(text, bytes) && !(InetAddressText.TryParse(text, bytes) && Addresses.PrefixLength(bytes) >= 0))
        {
            string problem = $"neither a valid network mask nor valid CIDR (0-{bytes.Length * 8}).\n";
            throw argument.Refuse($"bad value for option \"--{argument.Option.FullName}\", {problem}");
        }
    }

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref AddressMask field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        int slash = text.IndexOf((byte)'/');
        if (slash < 0)
        {
            field.Mask[..].Fill(0xff); // all 16 bytes in either family, as iptables does
        }
        else
        {
            field.Mask = default;
            ParseMask(argument, text[(slash + 1)..], ref field.Mask);
            text = text[..slash];
        }

        InetAddressText.Resolve(text, InetAddress.Writable(ref field.Address, argument.Family), argument.Names);
    }

    /// <inheritdoc/>
    public override void Write(in AddressMask field, Output output, in Format format)
    {
        ReadOnlySpan<byte> address = InetAddress.Bytes(field.Address, format.Family);
        if (format.IsNumeric || isAlwaysNumeric)
        {
            Addresses.Write(output, address);
        }
        else if (InetAddressText.WriteName(address, output, format.Names))
        {
            return;
        }

        Addresses.WriteMask(output, InetAddress.Bytes(field.Mask, format.Family));
    }
}
