using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.SystemTests.Programs;

/// <summary>A terminal as sshd and xterm make one: what a program shows on it is kept, and what is typed reaches the program.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int OpenFlags = 0x80102; // O_RDWR | O_NOCTTY | O_CLOEXEC: a program that had this end, too, could not be hung up on
    private const short PollIn = 1;

    private readonly int _master;
    private readonly Thread _reader;
    private readonly List<byte> _shown = [];
    private volatile bool _isHungUp;
    private volatile bool _isAbandoned;

    public PseudoTerminal()
    {
        _master = OpenMaster(OpenFlags);
        byte[] path = new byte[64];
        if (_master < 0 || Grant(_master) != 0 || Unlock(_master) != 0 || Name(_master, path, path.Length) != 0)
        {
            throw new IOException("no pseudo-terminal");
        }

        Path = Encoding.ASCII.GetString(path).TrimEnd('\0');
        _reader = new Thread(ReadAll) { IsBackground = true, Name = "pseudo-terminal" };
        _reader.Start();
    }

    /// <summary>The end that a program opens.</summary>
    public string Path { get; }

    /// <summary>Receives each piece that is shown.</summary>
    public Action<byte[]>? Heard { get; set; }

    /// <summary>All that was shown.</summary>
    public string Shown
    {
        get
        {
            lock (_shown)
            {
                return Encoding.UTF8.GetString([.. _shown]);
            }
        }
    }

    public void Type(ReadOnlySpan<byte> keys) => Write(_master, keys.ToArray(), keys.Length);

    public void Type(string keys) => Type(Encoding.UTF8.GetBytes(keys));

    /// <summary>Waits until everything is shown that programs have written to it.</summary>
    public void Settle() => ApplySession.Eventually(() => _isAbandoned);

    /// <summary>Closes it, as when a connection is lost.</summary>
    public void HangUp()
    {
        _isHungUp = true;
        _reader.Join();
    }

    public void Dispose() => HangUp();

    private void ReadAll()
    {
        byte[] piece = new byte[4096];
        while (!_isHungUp)
        {
            var poll = new Poll { Descriptor = _master, Events = PollIn };
            if (Wait(ref poll, 1, 20) <= 0)
            {
                continue;
            }

            nint count = Read(_master, piece, piece.Length);
            _isAbandoned = count <= 0;
            if (_isAbandoned)
            {
                Thread.Sleep(10); // nobody has the other end open: not yet, or not any more
                continue;
            }

            lock (_shown)
            {
                _shown.AddRange(piece.AsSpan(0, (int)count));
            }

            Heard?.Invoke(piece[..(int)count]);
        }

        _ = Close(_master);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [DllImport("libc", EntryPoint = "posix_openpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenMaster(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname_r")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Name(int master, byte[] path, nint size);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Wait(ref Poll poll, nint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int descriptor, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
