using System;

namespace Sharptables.Kernel;

/// <summary>Loads kernel modules with the machine's own modprobe.</summary>
internal static class KernelModule
{
    /// <summary>Where the kernel names its modprobe; empty when module loading is off.</summary>
    private static ReadOnlySpan<byte> Setting => "/proc/sys/kernel/modprobe"u8;

    /// <summary>The modprobe to run when the kernel does not name one.</summary>
    private static ReadOnlySpan<byte> Usual => "/sbin/modprobe"u8;

    /// <summary>Runs modprobe with our output streams and an empty environment: nothing of the caller's reaches it.</summary>
    /// <param name="module">The name of the module.</param>
    /// <param name="program">The path of modprobe; null: what the kernel names.</param>
    /// <exception cref="KernelException">The system is out of descriptors, memory or processes.</exception>
    public static ModuleAttempt Load(ReadOnlySpan<byte> module, byte[]? program)
    {
        byte[] name = program ?? Choice().ToArray();
        if (program is null && name.Length == 0)
        {
            return new ModuleAttempt(module.ToArray(), null, ChildProcess.NotStarted);
        }

        byte[] file = name.AsSpan().Contains((byte)'/') ? name : [.. "./"u8, .. name]; // in this directory, never in PATH
        int status = ChildProcess.Run([name, module.ToArray()], new ChildStart { Program = file, Environment = ChildEnvironment.None });
        return new ModuleAttempt(module.ToArray(), name, status);
    }

    private static ReadOnlySpan<byte> Choice()
    {
        try
        {
            return FileReader.ReadAll(Setting) is { } choice ? choice.AsSpan().TrimEnd("\n\0"u8) : Usual;
        }
        catch (KernelException)
        {
            return Usual; // the file exists, but may not be read
        }
    }
}
