namespace Sharptables.Kernel;

/// <summary>Which process group and session a child is in, and so whose signals reach it.</summary>
internal enum ChildTies
{
    /// <summary>Our process group: a Ctrl-C that ends us ends it too.</summary>
    Ours,

    /// <summary>A process group of its own, which can be killed with everything it has started.</summary>
    OwnGroup,

    /// <summary>A session of its own, without a terminal; only SIGKILL and SIGSTOP end or stop it.</summary>
    OwnSession,
}
