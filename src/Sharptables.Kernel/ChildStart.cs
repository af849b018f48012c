namespace Sharptables.Kernel;

/// <summary>The streams, environment and process group of a child process.</summary>
internal readonly record struct ChildStart
{
    /// <summary>/dev/null, in place of a descriptor.</summary>
    public const int Nothing = -1;

    /// <summary>Standard input from /dev/null, our output and error, our environment, our process group.</summary>
    public ChildStart()
    {
    }

    /// <summary>The path of its executable; null: its first argument.</summary>
    public byte[]? Program { get; init; }

    /// <summary>The descriptor that becomes its standard input, or <see cref="Nothing"/>.</summary>
    public int Input { get; init; } = Nothing;

    /// <summary>The descriptor that becomes its standard output, or <see cref="Nothing"/>.</summary>
    public int Output { get; init; } = StandardStreams.Output;

    /// <summary>The descriptor that becomes its standard error, or <see cref="Nothing"/>.</summary>
    public int Error { get; init; } = StandardStreams.Error;

    public ChildEnvironment Environment { get; init; }

    /// <summary>
    /// An option for the C library's resolver (RES_OPTIONS, resolv.conf(5)); only with <see cref="ChildEnvironment.System"/>.
    /// </summary>
    public byte[]? ResolverOption { get; init; }

    public ChildTies Ties { get; init; }
}
