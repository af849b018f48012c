using System;
using System.Runtime.InteropServices;
using Sharptables.Text;

namespace Sharptables.Names;

/// <summary>The names of addresses, for listings without <c>-n</c>.</summary>
internal static class AddressNames
{
    /// <summary>Writes the name of a host, or of an IPv4 network; false when the address has none.</summary>
    public static bool WriteName(Output output, ReadOnlySpan<byte> address)
    {
        ReadOnlySpan<byte> name;
        bool isNamed = address.Length == 4
            ? Hosts.TryGetName(MemoryMarshal.Read<uint>(address), out name) || Networks.TryGetName(MemoryMarshal.Read<uint>(address), out name)
            : Hosts.TryGetName(address, out name);
        if (isNamed)
        {
            output.Write(name);
        }

        return isNamed;
    }
}
