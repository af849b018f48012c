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
}
