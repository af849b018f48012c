using System.Runtime.CompilerServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a network device: <c>char[IFNAMSIZ]</c> (linux/if.h), NUL-terminated.</summary>
[InlineArray(Size)]
public struct DeviceName
{
    /// <summary><c>IFNAMSIZ</c>.</summary>
    public const int Size = 16;

    private byte _first;
}
