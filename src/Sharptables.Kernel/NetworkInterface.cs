using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Asks for network interfaces by number.</summary>
internal static unsafe class NetworkInterface
{
    /// <summary>The name of an interface; empty if there is none of that number.</summary>
    public static byte[] NameOf(uint index)
    {
        byte* name = stackalloc byte[InterfaceName.Size];

        // SAFETY: if_indextoname writes at most IF_NAMESIZE bytes, with a NUL at the end.
        return Libc.if_indextoname(index, name) is null ? [] : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name).ToArray();
    }
}
