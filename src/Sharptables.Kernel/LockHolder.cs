using System;

namespace Sharptables.Kernel;

/// <summary>The process that holds a lock.</summary>
/// <param name="ProcessId">Its process id in our namespace.</param>
/// <param name="Command">Its command name (/proc/PID/comm), at most 15 bytes; empty when unknown.</param>
internal readonly record struct LockHolder(int ProcessId, ReadOnlyMemory<byte> Command);
