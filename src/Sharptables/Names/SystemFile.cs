using System;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>The files of /etc that names are looked up in.</summary>
internal static class SystemFile
{
    /// <summary>Reads a file; null when it is missing or not for us to read, which the C library, too, takes for an empty one.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> path)
    {
        try
        {
            return FileReader.ReadAll(path);
        }
        catch (KernelException)
        {
            return null;
        }
    }
}
