namespace Sharptables.Kernel;

/// <summary>How a child process begins.</summary>
internal readonly record struct ChildStart
{
    /// <summary>/dev/null, in place of a descriptor.</summary>
    public const int Nothing = -1;

    /// <summary>Reads nothing, writes to our own streams, has our environment, belongs to us.</summary>
    public ChildStart()
    {
    }

    /// <summary>The path of its file; by default the first argument is that.</summary>
    public byte[]? Program { get; init; }

    /// <summary>The descriptor that becomes its standard input, or <see cref="Nothing"/>.</summary>
    public int Input { get; init; } = Nothing;

    /// <summary>The descriptor that becomes its standard output, or <see cref="Nothing"/>.</summary>
    public int Output { get; init; } = StandardStreams.Output;

    /// <summary>The descriptor that becomes its standard error, or <see cref="Nothing"/>.</summary>
    public int Error { get; init; } = StandardStreams.Error;

    /// <summary>What its environment is.</summary>
    public ChildEnvironment Environment { get; init; }

    /// <summary>An option for the C library's resolver besides (resolv.conf(5)); only with <see cref="ChildEnvironment.System"/>.</summary>
    public byte[]? ResolverOption { get; init; }

    /// <summary>Whom it belongs to.</summary>
    public ChildTies Ties { get; init; }
}
