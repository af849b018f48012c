using System;

namespace Sharptables.Kernel;

/// <summary>Has kernel modules loaded, by the program that the machine has for it.</summary>
internal static class KernelModule
{
    /// <summary>Where the kernel says which program that is; it is empty where nothing is to be loaded.</summary>
    private static ReadOnlySpan<byte> Setting => "/proc/sys/kernel/modprobe"u8;

    /// <summary>The program where the kernel does not say.</summary>
    private static ReadOnlySpan<byte> Usual => "/sbin/modprobe"u8;

    /// <summary>Runs the program, which may write to our own streams. It has no environment: nothing of the caller's reaches it.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="program">The program's path; null: the kernel's own choice.</param>
    /// <exception cref="KernelException">The system lacks the means: descriptors, memory, processes.</exception>
    public static ModuleAttempt Load(ReadOnlySpan<byte> module, byte[]? program)
    {
        byte[] name = program ?? Choice().ToArray();
        if (program is null && name.Length == 0)
        {
            return new ModuleAttempt(module.ToArray(), null, ChildProcess.NotStarted);
        }

        byte[] file = name.AsSpan().Contains((byte)'/') ? name : [.. "./"u8, .. name]; // in this folder, and not in the caller's PATH
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
            return Usual; // it is there, but not for us to read
        }
    }
}
