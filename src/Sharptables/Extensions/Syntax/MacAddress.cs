using System.Runtime.CompilerServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>The address of an Ethernet device: six bytes, in the order in which they are sent.</summary>
[InlineArray(Size)]
public struct MacAddress
{
    /// <summary>Bytes in an address.</summary>
    public const int Size = 6;

    private byte _first;
}
