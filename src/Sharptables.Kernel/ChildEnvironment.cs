namespace Sharptables.Kernel;

/// <summary>What a child process finds in its environment.</summary>
internal enum ChildEnvironment
{
    /// <summary>What we have: for a program that the user names.</summary>
    Ours,

    /// <summary>
    /// A PATH of the system's own folders and little else of ours: for a program that works for us and not for the caller, who must not
    /// lead it, or what it starts, astray.
    /// </summary>
    System,

    /// <summary>Nothing, as the kernel's own call of modprobe nearly has it.</summary>
    None,
}
