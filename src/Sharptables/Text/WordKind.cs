namespace Sharptables.Text;

/// <summary>What getopt_long takes a word for, or a letter of it.</summary>
internal enum WordKind
{
    /// <summary>There are no more words.</summary>
    End,

    /// <summary>No option: it has no dash, or nothing behind it.</summary>
    Operand,

    /// <summary><c>--</c>.</summary>
    Separator,

    /// <summary>A long name: <c>--name</c> or <c>--name=value</c>.</summary>
    Name,

    /// <summary>A letter, alone or in a cluster.</summary>
    Letter,
}
