using System;

namespace Sharptables.Formats.Iptables;

/// <summary>The options of a command line that do not name a command, in the order in which a misplaced one is reported.</summary>
[Flags]
public enum CommandOptions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>-n</c></summary>
    Numeric = 1 << 0,

    /// <summary><c>-s</c></summary>
    Source = 1 << 1,

    /// <summary><c>-d</c></summary>
    Destination = 1 << 2,

    /// <summary><c>-p</c></summary>
    Protocol = 1 << 3,

    /// <summary><c>-j</c> or <c>-g</c></summary>
    Jump = 1 << 4,

    /// <summary><c>-x</c></summary>
    Exact = 1 << 5,

    /// <summary><c>-i</c></summary>
    InInterface = 1 << 6,

    /// <summary><c>-o</c></summary>
    OutInterface = 1 << 7,

    /// <summary><c>--line-numbers</c></summary>
    LineNumbers = 1 << 8,

    /// <summary><c>-c</c></summary>
    Counters = 1 << 9,

    /// <summary><c>-f</c></summary>
    Fragment = 1 << 10,

    /// <summary><c>-g</c></summary>
    Goto = 1 << 11,

    /// <summary><c>-w</c></summary>
    Wait = 1 << 12,

    /// <summary><c>-W</c></summary>
    WaitInterval = 1 << 13,
}
