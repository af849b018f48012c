using System;

namespace Sharptables.Backends;

/// <summary>
/// Another process has changed the kernel's tables since they were read: nothing has been written, and what was decided is to be decided anew.
/// </summary>
internal sealed class TablesChangedException() : Exception("the tables have changed since they were read")
{
    /// <summary>How often it is decided anew before that is given up.</summary>
    public const int MostRounds = 100;
}
