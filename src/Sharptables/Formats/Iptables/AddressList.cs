using System;

namespace Sharptables.Formats.Iptables;

/// <summary>Addresses with their masks, in network byte order; the addresses are masked already.</summary>
/// <param name="addressSize">4 or 16 bytes each.</param>
public sealed class AddressList(int addressSize)
{
    private byte[] _bytes = new byte[8 * addressSize];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>An address.</summary>
    public ReadOnlySpan<byte> Address(int index) => _bytes.AsSpan(2 * index * addressSize, addressSize);

    /// <summary>Its mask.</summary>
    public ReadOnlySpan<byte> Mask(int index) => _bytes.AsSpan(((2 * index) + 1) * addressSize, addressSize);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds an address, masked.</summary>
    public void Add(ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask)
    {
        if (2 * (Count + 1) * addressSize > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        Span<byte> place = _bytes.AsSpan(2 * Count * addressSize, 2 * addressSize);
        for (int i = 0; i < addressSize; i++)
        {
            place[i] = (byte)(address[i] & mask[i]);
            place[addressSize + i] = mask[i];
        }

        Count++;
    }
}
