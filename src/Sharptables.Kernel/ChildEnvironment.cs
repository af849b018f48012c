namespace Sharptables.Kernel;

/// <summary>Which environment a child process gets.</summary>
internal enum ChildEnvironment
{
    /// <summary>Our own: for a program that the user names.</summary>
    Ours,

    /// <summary>
    /// A fixed PATH and little else: for a program that we run for ourselves, which the caller must not be able to redirect.
    /// </summary>
    System,

    /// <summary>None, much as the kernel calls modprobe.</summary>
    None,
}
