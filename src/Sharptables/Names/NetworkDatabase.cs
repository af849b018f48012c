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
    internal override void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            Range name = lines.NextField();
            if (!AddressText.TryParseNetwork(text.AsSpan(lines.NextField()), out uint address))
            {
                continue;
            }

            bool isCanonical = true;
            while (!text.AsSpan(name).IsEmpty)
            {
                table.Add(id, name, 0..0, address, isCanonical);
                isCanonical = false;
                name = lines.NextField();
            }
        }
    }
}
