namespace Sharptables.Kernel;

/// <summary>The outcome of loading a kernel module.</summary>
/// <param name="Module">The name of the module.</param>
/// <param name="Program">The program that was run, or null when the kernel names none.</param>
/// <param name="Status">Its exit status, or <see cref="ChildProcess.NotStarted"/>.</param>
internal sealed record ModuleAttempt(byte[] Module, byte[]? Program, int Status)
{
    public bool HasLoaded => Status == 0;
}
