using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe class EnvironmentVariable
{
    /// <summary>The value of a variable; empty when it is not set.</summary>
    /// <param name="name">Its name: a literal (<c>"NAME"u8</c>), which the compiler ends with a NUL.</param>
    public static byte[] Read(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name)
        {
            // SAFETY: u8 literals are followed by a NUL, and so is the value, which is copied before the environment can change.
            return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Libc.getenv(start)).ToArray();
        }
    }

    /// <summary>Sets a variable, of this process and of what it becomes or starts, to 1.</summary>
    /// <param name="name">Its name, a literal.</param>
    public static void Set(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name, one = "1"u8)
        {
            // SAFETY: u8 literals are followed by a NUL; no other thread reads the environment.
            _ = Libc.setenv(start, one, 1);
        }
    }

    /// <summary>Removes a variable.</summary>
    /// <param name="name">Its name, a literal.</param>
    public static void Remove(ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name)
        {
            // SAFETY: u8 literals are followed by a NUL; no other thread reads the environment.
            _ = Libc.unsetenv(start);
        }
    }
}
