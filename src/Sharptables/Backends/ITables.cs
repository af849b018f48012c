using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends;

/// <summary>
/// The tables of a family: the kernel's, through one of its interfaces, or some that are only in memory. Code that reads, edits or writes
/// tables knows this interface and nothing behind it.
/// </summary>
internal interface ITables : IDisposable
{
    /// <summary>The extensions of the family. New rules contain none but those that it has built.</summary>
    ExtensionSet Extensions { get; }

    Family Family => Extensions.Family;

    /// <summary>The interface whose behaviour they have.</summary>
    KernelInterface Interface => KernelInterface.Legacy;

    /// <summary>The outcome of loading the kernel's part, if it was missing when first used.</summary>
    ModuleAttempt? Loading { get; }

    /// <summary>The names of the tables that exist; listing them creates none.</summary>
    /// <exception cref="KernelException">Not permitted, or there is no way to know (ENOENT): any table may exist.</exception>
    List<byte[]> NamesInForce();

    /// <summary>Reads a table with all its rules.</summary>
    /// <exception cref="KernelException">There is no such table, or this process may not read it.</exception>
    /// <exception cref="MalformedTableException">What was read is not a valid table.</exception>
    Table Read(ReadOnlySpan<byte> name);

    /// <summary>
    /// A table to be filled anew, with its built-in chains empty. The old rules are not read, unless what is written keeps some of the
    /// old table.
    /// </summary>
    /// <exception cref="KernelException">There is no such table, or this process may not read it.</exception>
    Table ReadEmpty(ReadOnlySpan<byte> name);

    /// <summary>
    /// Reads what of a table is still open, as it is in force: call it before showing one. Writing a table needs no more than it reads itself.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="only">The chain that is to be shown; null for all.</param>
    /// <exception cref="TablesChangedException">Another process has changed it since.</exception>
    void Complete(Table table, Chain? only);

    /// <summary>
    /// Writes a table in one atomic step; the counters of rules that were read and kept go on. The table must not be used afterwards.
    /// </summary>
    /// <exception cref="TableRefusedException">The kernel refuses it; the old table stays in force.</exception>
    /// <exception cref="TablesChangedException">Another process has changed it since it was read; it stays in force as it is.</exception>
    void Write(Table table);

    /// <summary>Writes the table in force in every detail of the interface, as <c>-v -v</c> does.</summary>
    void Describe(ReadOnlySpan<byte> name, Output output);

    /// <summary>Whether a match or target exists in a revision.</summary>
    bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget);

    /// <summary>
    /// The same tables in a new, empty network namespace that lasts as long as the result: the kernel checks what is written there, and
    /// nothing in force is touched. Null without the right to.
    /// </summary>
    ITables? TryOpenElsewhere();
}
