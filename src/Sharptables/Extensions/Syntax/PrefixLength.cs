using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A prefix length; it may be given as a mask.</summary>
internal sealed class PrefixLength : Syntax<byte>
{
    /// <inheritdoc/>
    public override string Placeholder => "length";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref byte field)
    {
        int bits = argument.Family.AddressSize * 8;
        Span<byte> mask = stackalloc byte[bits / 8];
        if (Numerals.TryRead(argument.Text, 0, (ulong)bits, out ulong length))
        {
            field = (byte)length;
        }
        else if (InetAddressText.TryParse(argument.Text, mask))
        {
            int prefix = Addresses.PrefixLength(mask);
            field = prefix < 0 ? byte.MaxValue : (byte)prefix; // not contiguous: the kernel refuses it
        }
        else
        {
            throw argument.Refuse(
                $"bad value for option \"--{argument.Option.Name}\", neither a valid network mask nor valid CIDR (0-{bits}).\n");
        }
    }

    /// <inheritdoc/>
    public override void Write(in byte field, Output output, in Format format) => output.WriteNumber((ulong)field);
}
