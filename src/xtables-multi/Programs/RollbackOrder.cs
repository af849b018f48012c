using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Programs;

/// <summary>An order of iptables-apply to its watchdog, sent through a pipe in one piece.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Value">
/// Milliseconds for <see cref="RollbackOrderKind.Wait"/>, or the process group for <see cref="RollbackOrderKind.Watch"/>.
/// </param>
internal readonly record struct RollbackOrder(RollbackOrderKind Kind, long Value = 0)
{
    /// <summary>Sends it.</summary>
    /// <exception cref="KernelException">The other end is closed.</exception>
    public void Send(int descriptor) =>
        FileDescriptor.WriteAll(descriptor, MemoryMarshal.AsBytes(new ReadOnlySpan<RollbackOrder>(in this)));

    /// <summary>Receives an order; null at the end.</summary>
    public static RollbackOrder? Receive(int descriptor)
    {
        RollbackOrder order = default;
        return FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<RollbackOrder>(ref order))) ? order : null;
    }
}
