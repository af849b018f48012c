using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>
/// The names of a ruleset without a kernel. What only the kernel knows is not asked for: each IP set that is named gets a number of the
/// ruleset's own, and its name is kept.
/// </summary>
/// <param name="others">Knows all names that are not the kernel's.</param>
internal sealed class KeptNames(INames others) : INames
{
    private readonly List<byte[]> _sets = [];

    /// <inheritdoc/>
    public bool TryGetSet(ReadOnlySpan<byte> name, out ushort number, out AddressFamily family)
    {
        family = 0;
        for (number = 0; number < _sets.Count; number++)
        {
            if (name.SequenceEqual(_sets[number]))
            {
                return true;
            }
        }

        if (name.IsEmpty || number == IpSetSocket.NoSet)
        {
            return false; // no kernel has a set of that name, or that many sets
        }

        _sets.Add(name.ToArray());
        return true;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> SetName(ushort number) => number < _sets.Count ? _sets[number] : default(ReadOnlySpan<byte>);

    /// <inheritdoc/>
    public int OpenProgram(ReadOnlySpan<byte> path) => -1;

    /// <inheritdoc/>
    public bool TryGetNumber(NameKind kind, ReadOnlySpan<byte> name, out uint number, ReadOnlySpan<byte> protocol = default) =>
        others.TryGetNumber(kind, name, out number, protocol);

    /// <inheritdoc/>
    public bool TryGetName(NameKind kind, uint number, out ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol = default) =>
        others.TryGetName(kind, number, out name, protocol);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> FindAddresses(ReadOnlySpan<byte> name, int size) => others.FindAddresses(name, size);

    /// <inheritdoc/>
    public bool TryGetHost(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name) => others.TryGetHost(address, out name);

    /// <inheritdoc/>
    public string? Gap(NameKind? kind) => others.Gap(kind);

    /// <inheritdoc/>
    public void Rehearse(Action? all) => others.Rehearse(all);
}
