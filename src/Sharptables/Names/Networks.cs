using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Sharptables.Names;

/// <summary>
/// The names of IPv4 networks. Addresses are as they stand in a packet: the first byte of memory is the first of the address.
/// </summary>
public static class Networks
{
    private static readonly NetworkDatabase s_database = new();

    /// <summary>The address of a network.</summary>
    /// <param name="name">Its name or an alias.</param>
    /// <param name="address">Its address, in network byte order.</param>
    /// <returns>Whether there is such a network.</returns>
    public static bool TryGetAddress(ReadOnlySpan<byte> name, out uint address)
    {
        uint? found = s_database.FindNumber(name);
        address = ToNetworkOrder(found ?? 0);
        return found is not null;
    }

    /// <summary>The name of a network.</summary>
    /// <param name="address">Its address, in network byte order.</param>
    /// <param name="name">Its name; empty when it has none.</param>
    /// <returns>Whether it has one.</returns>
    public static bool TryGetName(uint address, out ReadOnlySpan<byte> name)
    {
        name = s_database.FindName(ToNetworkOrder(address));
        return !name.IsEmpty;
    }

    /// <summary>Asks for the names of many networks at once.</summary>
    /// <param name="addresses">Their addresses, in host byte order.</param>
    internal static void Foresee(List<uint> addresses) => s_database.Foresee(addresses);

    private static uint ToNetworkOrder(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
