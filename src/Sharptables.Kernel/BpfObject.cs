using System;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>BPF programs that are pinned in a bpf file system.</summary>
internal static unsafe partial class BpfObject
{
    private const int Get = 7; // BPF_OBJ_GET (linux/bpf.h)

    /// <summary><c>__NR_bpf</c>, which has no wrapper in the C library (asm/unistd.h).</summary>
    private static nint CallNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280;

    /// <summary>Opens a pinned program. Its descriptor stays open until the process ends, since the kernel looks it up by number.</summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <exception cref="KernelException">There is no such program, or it may not be opened.</exception>
    public static int Open(ReadOnlySpan<byte> path)
    {
        Span<byte> name = stackalloc byte[path.Length + 1];
        path.CopyTo(name);
        name[^1] = 0;
        fixed (byte* address = name)
        {
            Attributes attributes = new() { Path = (ulong)address };

            // SAFETY: the kernel reads sizeof(Attributes) bytes and the NUL-terminated path, which both outlive the call.
            return Check("bpf(BPF_OBJ_GET)", (int)syscall(CallNumber, Get, &attributes, sizeof(Attributes)));
        }
    }

    [LibraryImport("libc")]
    private static partial nint syscall(nint number, nint command, Attributes* attributes, nint size);

    /// <summary>The part of <c>union bpf_attr</c> that BPF_OBJ_GET reads.</summary>
    private struct Attributes
    {
        public ulong Path;
        public uint Descriptor;
        public uint Flags;
    }
}
