using System;

namespace Sharptables.Kernel;

/// <summary>The process that holds a lock.</summary>
/// <param name="ProcessId">Its number in our process namespace.</param>
/// <param name="Command">Its command name (/proc/PID/comm), at most 15 bytes; empty when it cannot be known.</param>
internal readonly record struct LockHolder(int ProcessId, ReadOnlyMemory<byte> Command);
