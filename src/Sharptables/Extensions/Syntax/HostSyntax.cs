using System;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>One host: an address, or a name that resolves to one.</summary>
/// <param name="placeholder">What stands for it in help.</param>
internal sealed class HostSyntax(string placeholder = "address") : Syntax<InetAddress>
{
    /// <inheritdoc/>
    public override string Placeholder => placeholder;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref InetAddress field) =>
        InetAddressText.Resolve(argument.Text, InetAddress.Writable(ref field, argument.Family), argument.Names);

    /// <inheritdoc/>
    public override void Write(in InetAddress field, Output output, in Format format)
    {
        ReadOnlySpan<byte> address = InetAddress.Bytes(field, format.Family);
        if (format.IsNumeric)
        {
            Addresses.Write(output, address);
        }
        else
        {
            InetAddressText.WriteName(address, output, format.Names);
        }
    }
}
