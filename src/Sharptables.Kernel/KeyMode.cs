using System;

namespace Sharptables.Kernel;

/// <summary>
/// A terminal that delivers each key at once, including Ctrl-C and Ctrl-Z, and still echoes what is typed. Disposing restores it.
/// </summary>
internal sealed unsafe class KeyMode : IDisposable
{
    private readonly int _terminal;
    private Libc.TerminalSettings _before;

    private KeyMode(int terminal, in Libc.TerminalSettings before)
    {
        _terminal = terminal;
        _before = before;
    }

    /// <summary>Switches a terminal to this mode; null when the descriptor is not a terminal.</summary>
    public static KeyMode? TryEnter(int descriptor)
    {
        Libc.TerminalSettings before;

        // SAFETY: both calls stay within one struct termios.
        if (Libc.tcgetattr(descriptor, &before) != 0)
        {
            return null;
        }

        Libc.TerminalSettings keys = before;
        keys.Local &= ~(Libc.TerminalSettings.ICANON | Libc.TerminalSettings.ISIG);
        keys.Characters[Libc.TerminalSettings.VMIN] = 1;
        keys.Characters[Libc.TerminalSettings.VTIME] = 0;
        return Libc.tcsetattr(descriptor, Libc.TCSADRAIN, &keys) == 0 ? new KeyMode(descriptor, before) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        fixed (Libc.TerminalSettings* before = &_before)
        {
            // SAFETY: one struct termios, as it was read. If the terminal is gone, there is nothing to restore.
            _ = Libc.tcsetattr(_terminal, Libc.TCSADRAIN, before);
        }
    }
}
