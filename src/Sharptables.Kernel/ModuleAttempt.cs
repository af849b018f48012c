namespace Sharptables.Kernel;

/// <summary>What came of having a kernel module loaded.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Program">The program that was run, or null when the kernel names none.</param>
/// <param name="Status">Its exit status, or <see cref="ChildProcess.NotStarted"/>.</param>
internal sealed record ModuleAttempt(byte[] Module, byte[]? Program, int Status)
{
    /// <summary>Whether the program says that the module is there now.</summary>
    public bool HasLoaded => Status == 0;
}
