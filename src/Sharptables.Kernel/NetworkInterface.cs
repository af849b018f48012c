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
}
