using System.Text;

namespace Sharptables.Kernel;

/// <summary>The system's log, syslog(3), for what must be known where nobody looks at the standard error any more.</summary>
internal static unsafe class SystemLog
{
    private const int Daemon = 3 << 3; // LOG_DAEMON, sys/syslog.h
    private const int Critical = 2;
    private const int Warning = 4;

    /// <summary>Writes a line.</summary>
    /// <param name="program">The name it stands under.</param>
    /// <param name="isCritical">Whether somebody must act, or only know.</param>
    /// <param name="text">The line.</param>
    public static void Write(string program, bool isCritical, string text)
    {
        byte[] ident = Encoding.UTF8.GetBytes(program + "\0");
        byte[] line = Encoding.UTF8.GetBytes(text + "\0");
        fixed (byte* name = ident, message = line, format = "%s"u8)
        {
            // SAFETY: all texts end with NUL. The C library keeps the name's address, so it is taken back before it may move.
            Libc.openlog(name, 1 /* LOG_PID */, Daemon);
            Libc.syslog(isCritical ? Critical : Warning, format, message);
            Libc.openlog(null, 1, Daemon);
        }
    }
}
