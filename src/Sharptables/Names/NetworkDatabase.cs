using System;
using System.Buffers.Binary;

namespace Sharptables.Names;

/// <summary>Networks: lines such as <c>loopback 127.0.0.0</c> (networks(5)). The number is the address in host byte order.</summary>
internal sealed class NetworkDatabase : NameDatabase
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Database => "networks"u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Path => "/etc/networks"u8;

    /// <inheritdoc/>
    protected override byte[] Key(uint number)
    {
        Span<byte> address = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(address, number);
        return AddressText.FormatIPv4(address);
    }

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> field, out uint number, out int scopeLength)
    {
        scopeLength = 0;
        return AddressText.TryParseNetwork(field, out number);
    }
}
