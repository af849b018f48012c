using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends;

/// <summary>
/// The tables of a family: those of the kernel, through one of its interfaces, or others that are only in memory. Whatever reads, edits or
/// writes tables knows this and nothing of what is behind it.
/// </summary>
internal interface ITables : IDisposable
{
    /// <summary>The extensions of the family, of which those that were asked for are all that a new rule can have in it.</summary>
    ExtensionSet Extensions { get; }

    /// <summary>The family.</summary>
    Family Family => Extensions.Family;

    /// <summary>What came of having the kernel's part loaded, if it was not there when it was first asked.</summary>
    ModuleAttempt? Loading { get; }

    /// <summary>The names of the tables that are there; asking makes none.</summary>
    /// <exception cref="KernelException">One may not know, or there is no way to (ENOENT): then there may be any.</exception>
    List<byte[]> NamesInForce();

    /// <summary>Reads a table with all its rules.</summary>
    /// <exception cref="KernelException">There is no such table, or this process may not see it.</exception>
    /// <exception cref="MalformedTableException">What was read is no table.</exception>
    Table Read(ReadOnlySpan<byte> name);

    /// <summary>
    /// Gives a table without its rules, to be filled anew: its built-in chains are there, empty. The old rules are not read, unless
    /// what is then written leaves something of the old table as it was.
    /// </summary>
    /// <exception cref="KernelException">There is no such table, or this process may not see it.</exception>
    Table ReadEmpty(ReadOnlySpan<byte> name);

    /// <summary>
    /// A table that was begun empty and leaves a policy open takes it, and its counters, from the table in force. It is done when a table
    /// is written, and must be before one is shown.
    /// </summary>
    void CompletePolicies(Table table);

    /// <summary>
    /// Writes a table in one atomic step; the counters of rules that were read here and stay go on. The table is not to be used afterwards.
    /// </summary>
    /// <exception cref="TableRefusedException">The kernel refuses; the old table is in force.</exception>
    void Write(Table table);

    /// <summary>Writes what is in force in a table down to the last detail of the interface, as <c>-v -v</c> shows it.</summary>
    void Describe(ReadOnlySpan<byte> name, Output output);

    /// <summary>Whether there is a match or target of a name in a revision.</summary>
    bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget);

    /// <summary>
    /// The same tables in an empty network namespace, which goes with what is returned: the kernel judges what is written there, and
    /// nothing in force is touched. Null when one may not have it.
    /// </summary>
    ITables? TryOpenElsewhere();
}
