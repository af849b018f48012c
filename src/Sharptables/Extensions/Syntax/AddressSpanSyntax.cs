using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A range of numeric addresses: <c>first[-last]</c>.</summary>
internal sealed class AddressSpanSyntax : Syntax<AddressSpan>
{
    /// <inheritdoc/>
    public override string Placeholder => "ip[-ip]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref AddressSpan field)
    {
        int dash = argument.Text.IndexOf((byte)'-');
        Read(argument.With(dash < 0 ? argument.Text : argument.Text[..dash]), ref field.First);
        if (dash < 0)
        {
            field.Last = field.First;
            return;
        }

        Read(argument.With(argument.Text[(dash + 1)..]), ref field.Last);
        if (InetAddress.Bytes(field.First, argument.Family).SequenceCompareTo(InetAddress.Bytes(field.Last, argument.Family)) > 0)
        {
            argument.Rule.Warn($"xt_iprange: range {argument.Word} is reversed and will never match");
        }
    }

    /// <inheritdoc/>
    public override void Write(in AddressSpan field, Output output, in Format format)
    {
        Addresses.Write(output, InetAddress.Bytes(field.First, format.Family));
        output.Write((byte)'-');
        Addresses.Write(output, InetAddress.Bytes(field.Last, format.Family));
    }

    private static void Read(in Argument argument, ref InetAddress address)
    {
        // A zone (fe80::1%eth0) would be lost; a single number is the first part of an address here, not all of it.
        if (argument.Text.Contains((byte)'%') || Numerals.TryRead(argument.Text, byte.MaxValue + 1, ulong.MaxValue, out _)
            || !Addresses.TryRead(argument.Text, InetAddress.Writable(ref address, argument.Family)))
        {
            throw argument.BadValue();
        }
    }
}
