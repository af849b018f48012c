using System;

namespace Sharptables.Kernel;

/// <summary>
/// A terminal that hands on each key at once, the ones that would end or stop the program (Ctrl-C, Ctrl-Z) among them, and still shows
/// what is typed. Dispose of it to have the terminal as it was.
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

    /// <summary>Sets a terminal so; gives null when the descriptor is none.</summary>
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
            // SAFETY: one struct termios, as it was read. A terminal that has gone needs it no more.
            _ = Libc.tcsetattr(_terminal, Libc.TCSADRAIN, before);
        }
    }
}
