using System.Runtime.CompilerServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>An Ethernet address: six bytes in the order of transmission.</summary>
[InlineArray(Size)]
public struct MacAddress
{
    /// <summary>Bytes in an address.</summary>
    public const int Size = 6;

    private byte _first;
}
