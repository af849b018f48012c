using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>An address and its mask, adjacent as in the kernel's structs.</summary>
public struct AddressMask : IValues
{
    /// <summary>The address.</summary>
    public InetAddress Address;

    /// <summary>The bits that count.</summary>
    public InetAddress Mask;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Like(Address.NumberIn(field), Mask.NumberIn(field));
}
