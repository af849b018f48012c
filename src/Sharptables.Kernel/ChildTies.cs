namespace Sharptables.Kernel;

/// <summary>Whose signals reach a child process.</summary>
internal enum ChildTies
{
    /// <summary>It is in our process group: what ends us from the terminal ends it.</summary>
    Ours,

    /// <summary>It leads a process group of its own, which can be ended with all that it has started.</summary>
    OwnGroup,

    /// <summary>It leads a session of its own, which has no terminal, and no signal but SIGKILL and SIGSTOP ends or stops it.</summary>
    OwnSession,
}
