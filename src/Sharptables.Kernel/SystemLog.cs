using System.Text;

namespace Sharptables.Kernel;

/// <summary>syslog(3), for messages when nobody reads standard error any more.</summary>
internal static unsafe class SystemLog
{
    private const int Daemon = 3 << 3; // LOG_DAEMON, sys/syslog.h
    private const int Critical = 2;
    private const int Warning = 4;

    /// <summary>Logs a line under the name of a program, as LOG_CRIT or LOG_WARNING.</summary>
    public static void Write(string program, bool isCritical, string text)
    {
        byte[] ident = Encoding.UTF8.GetBytes(program + "\0");
        byte[] line = Encoding.UTF8.GetBytes(text + "\0");
        fixed (byte* name = ident, message = line, format = "%s"u8)
        {
            // SAFETY: all texts end with NUL. The C library keeps a pointer to the name, so it is cleared before the name can move.
            Libc.openlog(name, 1 /* LOG_PID */, Daemon);
            Libc.syslog(isCritical ? Critical : Warning, format, message);
            Libc.openlog(null, 1, Daemon);
        }
    }
}
