using System.Runtime.CompilerServices;

namespace Sharptables.Kernel;

/// <summary>The name of a network interface, padded with zero bytes: <c>char[IFNAMSIZ]</c> (linux/if.h); or which of its bytes count.</summary>
[InlineArray(Size)]
internal struct InterfaceName
{
    /// <summary><c>IFNAMSIZ</c>.</summary>
    public const int Size = 16;

    private byte _first;
}
