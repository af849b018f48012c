using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe class ThisProcess
{
    /// <summary>CAP_NET_ADMIN: configure rules and interfaces (linux/capability.h).</summary>
    public const int NetAdmin = 12;

    /// <summary>CAP_NET_RAW: raw sockets, which opening a table needs as well.</summary>
    public const int NetRaw = 13;

    /// <summary>Whether its effective user is root.</summary>
    public static bool IsRoot => Libc.geteuid() == 0;

    /// <summary>Whether /proc is mounted.</summary>
    public static bool SeesProc => FileDescriptor.Exists("/proc/net/dev"u8);

    /// <summary>Whether it has a capability in its user namespace.</summary>
    /// <param name="capability">Its number, below 32.</param>
    public static bool Has(int capability)
    {
        uint* header = stackalloc uint[2] { Libc.CapabilityVersion, 0 };
        Libc.CapabilitySets sets;

        // SAFETY: the header is a version and a process id, 0 for ourselves; for this version the kernel writes two structs, the sets.
        return Libc.capget(header, &sets) == 0 && (sets.Effective >> capability & 1) != 0;
    }

    /// <summary>
    /// Whether the file that was executed lends rights (set-user-ID, capabilities), so that who started it must not choose what it loads or runs.
    /// </summary>
    public static bool HasBorrowedRights => Libc.getauxval(Libc.AT_SECURE) != 0;

    /// <summary>
    /// The prefixes, such as /usr, below which lies what belongs to this program: that of the file that was executed, and the system's own.
    /// </summary>
    public static List<byte[]> Prefixes()
    {
        List<byte[]> prefixes = HasBorrowedRights ? ["/usr/local"u8.ToArray()] : PrefixOf(Path()) is { Length: > 0 } own ? [own] : [];
        prefixes.Add("/usr"u8.ToArray());
        return prefixes;
    }

    /// <summary>The prefix of a program: <c>/usr</c> for <c>/usr/sbin/NAME</c>, and for <c>/usr/libexec/sharptables/NAME</c>.</summary>
    internal static byte[] PrefixOf(ReadOnlySpan<byte> program)
    {
        ReadOnlySpan<byte> folder = Parent(program);
        folder = folder.EndsWith("/sharptables"u8) ? Parent(folder) : folder;
        return Parent(folder).ToArray();
    }

    private static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> path) => path[..Math.Max(path.LastIndexOf((byte)'/'), 0)];

    /// <summary>The path of the file that was executed, without symbolic links; empty when that is not known.</summary>
    public static byte[] Path()
    {
        byte[] path = new byte[4096];
        fixed (byte* link = "/proc/self/exe"u8, bytes = path)
        {
            // SAFETY: u8 literals are followed by a NUL; the kernel writes no more than the buffer holds.
            nint length = Libc.readlink(link, bytes, (nuint)path.Length);
            return path[..(int)Math.Max(length, 0)];
        }
    }

    /// <summary>Whether a file is the one that was executed.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    public static bool Is(ReadOnlySpan<byte> path) =>
        Statx.Of(path) is { } file && Statx.Of("/proc/self/exe"u8) is { } own && file.IsSameAs(own);

    /// <summary>
    /// Goes on as another program (execve), with the same environment and open files, but for those that are closed then. Returns only if that
    /// fails.
    /// </summary>
    /// <param name="program">Its path, without a NUL.</param>
    /// <param name="words">Its words, the first of which is the name that it is called by.</param>
    /// <returns>The error number.</returns>
    public static int Become(ReadOnlySpan<byte> program, ReadOnlySpan<byte[]> words)
    {
        int size = 0;
        foreach (byte[] word in words)
        {
            size += word.Length;
        }

        ArgumentVector vector = new(words.Length, size);
        foreach (byte[] word in words)
        {
            vector.Add(word);
        }

        fixed (byte* path = (byte[])[.. program, 0])
        {
            // SAFETY: the path and the words end with NUL, the list with null.
            _ = Libc.execv(path, vector.Pointers);
            int errno = Marshal.GetLastSystemError();
            vector.Free();
            return errno;
        }
    }

    /// <summary>
    /// Ends the process at once. Returning from Main would make the runtime look for threads to join and exit code to run; there is none.
    /// </summary>
    [DoesNotReturn]
    public static void End(int status) => Libc._exit(status);
}
