using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>
/// What one of the kernel's interfaces has at one moment, with counters; for putting it back later. It can be sent to another process.
/// </summary>
internal interface ISnapshot : IDisposable
{
    /// <summary>The family; null: all that the interface has.</summary>
    Family? Family { get; }

    /// <summary>Sends it to another process of this program.</summary>
    /// <exception cref="KernelException">The other process does not read it.</exception>
    void Send(int descriptor);

    /// <summary>
    /// Puts all tables back with their counters, and clears tables created since. A table that nobody has changed is left alone: its
    /// counters, and the state of its matches, have gone on.
    /// </summary>
    /// <returns>The tables that could not be put back, and why; a failure does not keep other tables from being put back.</returns>
    /// <exception cref="KernelException">The kernel does not list its tables; those of the snapshot are back as far as possible.</exception>
    List<(string Table, string Reason)> PutBack();
}
