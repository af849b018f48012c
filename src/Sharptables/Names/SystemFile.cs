using System;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>Reads the files in /etc that hold names.</summary>
internal static class SystemFile
{
    /// <summary>Reads a file; null when it is missing or unreadable, which the C library also treats as empty.</summary>
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
