using System;

namespace Sharptables.Formats.Iptables;

/// <summary>What a command line says besides its command and its rule.</summary>
[Flags]
internal enum CommandOptions
{
    None = 0,

    /// <summary><c>-n</c></summary>
    Numeric = 1 << 0,

    /// <summary><c>-x</c></summary>
    Exact = 1 << 1,

    /// <summary><c>--line-numbers</c></summary>
    LineNumbers = 1 << 2,

    /// <summary><c>-g</c></summary>
    Goto = 1 << 3,

    /// <summary><c>-w</c></summary>
    Wait = 1 << 4,

    /// <summary><c>-W</c></summary>
    WaitInterval = 1 << 5,

    /// <summary><c>--Lc</c></summary>
    Counters = 1 << 6,

    /// <summary><c>--Lx</c></summary>
    AsCommands = 1 << 7,

    /// <summary><c>-c</c></summary>
    OwnCounters = 1 << 8,
}
