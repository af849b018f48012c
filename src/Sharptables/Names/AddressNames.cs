using System;
using Sharptables.Text;

namespace Sharptables.Names;

/// <summary>The names of addresses in listings without <c>-n</c>.</summary>
internal static class AddressNames
{
    /// <summary>Writes the name of a host or an IPv4 network, or the address in numbers when it has none.</summary>
    public static void Write(Output output, ReadOnlySpan<byte> address, INames names)
    {
        if (names.TryGetHost(address, out ReadOnlySpan<byte> name))
        {
            output.Write(name);
        }
        else
        {
            Addresses.Write(output, address);
        }
    }
}
