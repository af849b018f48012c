using System;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Programs;

/// <summary>What iptables-apply tells its watchdog. It goes through a pipe, each in one piece.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Value">
/// Milliseconds of <see cref="RollbackOrderKind.Wait"/>, or the process group of <see cref="RollbackOrderKind.Watch"/>.
/// </param>
internal readonly record struct RollbackOrder(RollbackOrderKind Kind, long Value = 0)
{
    /// <summary>Sends it.</summary>
    /// <exception cref="KernelException">Nobody reads any more.</exception>
    public void Send(int descriptor) =>
        FileDescriptor.WriteAll(descriptor, MemoryMarshal.AsBytes(new ReadOnlySpan<RollbackOrder>(in this)));

    /// <summary>Receives one; null at the end.</summary>
    public static RollbackOrder? Receive(int descriptor)
    {
        RollbackOrder order = default;
        return FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<RollbackOrder>(ref order))) ? order : null;
    }
}
