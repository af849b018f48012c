namespace Sharptables.Formats.Iptables;

/// <summary>What a line of iptables-save's format is, by what it begins with.</summary>
internal enum SaveLine
{
    /// <summary><c># anything</c>.</summary>
    Comment,

    /// <summary><c>*table</c>: begins a table.</summary>
    Table,

    /// <summary><c>:chain policy [packets:bytes]</c>.</summary>
    Chain,

    /// <summary>Whatever is nothing else: <c>[packets:bytes] -A chain ...</c>, with or without the counters.</summary>
    Rule,

    /// <summary><c>COMMIT</c>, and a line feed: ends a table.</summary>
    Commit,
}
