namespace Sharptables.Formats.Iptables;

/// <summary>The kind of a line of a save, which its first bytes tell.</summary>
internal enum SaveLine
{
    /// <summary><c># anything</c>.</summary>
    Comment,

    /// <summary><c>*table</c>: begins a table.</summary>
    Table,

    /// <summary><c>:chain policy [packets:bytes]</c>.</summary>
    Chain,

    /// <summary>Anything else: <c>[packets:bytes] -A chain ...</c>, with or without the counters.</summary>
    Rule,

    /// <summary><c>COMMIT</c> and a line feed: ends a table.</summary>
    Commit,
}
