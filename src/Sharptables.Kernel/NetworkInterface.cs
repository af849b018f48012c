using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>The network interfaces of this process' namespace.</summary>
internal static unsafe class NetworkInterface
{
    /// <summary>The names of all; none without /proc.</summary>
    public static List<string> Names()
    {
        List<string> names = [];
        foreach (string line in Encoding.UTF8.GetString(FileReader.TryReadAll("/proc/net/dev") ?? []).Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) // the two heading lines have none
            {
                names.Add(line[..colon].Trim());
            }
        }

        return names;
    }

    /// <summary>The name of an interface; empty if there is none of that number.</summary>
    public static byte[] NameOf(uint index)
    {
        byte* name = stackalloc byte[InterfaceName.Size];

        // SAFETY: if_indextoname writes at most IF_NAMESIZE bytes, with a NUL at the end.
        return Libc.if_indextoname(index, name) is null ? [] : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name).ToArray();
    }

    /// <summary>The number of an interface; 0 if there is none of that name.</summary>
    public static uint IndexOf(string name)
    {
        byte* bytes = stackalloc byte[InterfaceName.Size];
        new Span<byte>(bytes, InterfaceName.Size).Clear();
        if (!Encoding.UTF8.TryGetBytes(name, new Span<byte>(bytes, InterfaceName.Size - 1), out _))
        {
            return 0;
        }

        // SAFETY: the name ends with a NUL, since there is room for one.
        return Libc.if_nametoindex(bytes);
    }
}
