using System.Runtime.InteropServices;

namespace Sharptables.Tests.Editing;

/// <summary>Forbids a thread all that could ask the kernel or another program anything: files, sockets, devices, programs.</summary>
internal static unsafe partial class ForbiddenCalls
{
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const int PR_SET_SECCOMP = 22;
    private const nuint SECCOMP_MODE_FILTER = 2;
    private const uint SECCOMP_RET_ALLOW = 0x7fff0000;
    private const uint SECCOMP_RET_ERRNO = 0x00050000;
    private const uint EPERM = 1;

    /// <summary>socket, connect, sendto, sendmsg, setsockopt, getsockopt, ioctl, execve, openat, bpf, setns, unshare (asm/unistd.h).</summary>
    private static readonly uint[] s_numbers = RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? [41, 42, 44, 46, 54, 55, 16, 59, 257, 321, 308, 272]
        : [198, 203, 206, 211, 208, 209, 29, 221, 56, 280, 268, 97];

    /// <summary>Forbids them for as long as the thread lives; each gives EPERM.</summary>
    public static void Forbid()
    {
        List<Instruction> program = [new(0x20, 0, 0, 0)]; // load the number of the call
        for (int i = 0; i < s_numbers.Length; i++)
        {
            program.Add(new(0x15, (byte)(s_numbers.Length - i), 0, s_numbers[i])); // equal: to the last instruction
        }

        program.Add(new(0x06, 0, 0, SECCOMP_RET_ALLOW));
        program.Add(new(0x06, 0, 0, SECCOMP_RET_ERRNO | EPERM));
        fixed (Instruction* first = program.ToArray())
        {
            Program filter = new() { Length = (ushort)program.Count, First = first };

            // SAFETY: the kernel reads the program, which is pinned, and copies it.
            if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, (nuint)(&filter), 0, 0) != 0)
            {
                throw new InvalidOperationException($"seccomp: {Marshal.GetLastSystemError()}");
            }
        }

        if (File.Exists("/proc/self/status") && TryOpen())
        {
            throw new InvalidOperationException("a file can still be opened");
        }
    }

    private static bool TryOpen()
    {
        try
        {
            File.OpenRead("/proc/self/status").Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfEqual, byte IfNot, uint Value);

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* First;
    }
}
