using System.Runtime.CompilerServices;

namespace Sharptables.Kernel;

/// <summary>The name of a network interface, zero-padded, or a mask of its bytes: <c>char[IFNAMSIZ]</c> (linux/if.h).</summary>
[InlineArray(Size)]
internal struct InterfaceName
{
    /// <summary><c>IFNAMSIZ</c>.</summary>
    public const int Size = 16;

    private byte _first;
}
