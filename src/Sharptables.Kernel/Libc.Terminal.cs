using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe partial class Libc
{
    /// <summary>tcsetattr: after all pending output has been sent.</summary>
    public const int TCSADRAIN = 1;

    [LibraryImport(Name)]
    internal static partial int tcgetattr(int fd, TerminalSettings* settings);

    [LibraryImport(Name)]
    internal static partial int tcsetattr(int fd, int when, TerminalSettings* settings);

    [LibraryImport(Name)]
    internal static partial void openlog(byte* ident, int option, int facility);

    /// <summary>The C function is variadic; the format is always <c>%s</c>, with this one argument.</summary>
    [LibraryImport(Name)]
    internal static partial void syslog(int priority, byte* format, byte* text);

    /// <summary>The C library's <c>struct termios</c>, the same in glibc and musl: termios(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TerminalSettings
    {
        public const uint ISIG = 1;
        public const uint ICANON = 2;
        public const int VTIME = 5;
        public const int VMIN = 6;

        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public fixed byte Characters[32];
        public uint InputSpeed;
        public uint OutputSpeed;
    }
}
