using System;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>
/// What names in rules mean, and which names numbers have. Where none is given, the machine is asked; an implementation of one's own lets rules
/// be read as they would be read elsewhere. Names and addresses are bytes as they are typed and as they stand in a packet.
/// </summary>
public interface INames
{
    /// <summary>The number that a name stands for.</summary>
    /// <param name="kind">What it is the name of.</param>
    /// <param name="name">The name, as it was typed.</param>
    /// <param name="number">The number.</param>
    /// <param name="protocol">For a service the name of its protocol, such as <c>tcp</c>; empty for the first that has the service.</param>
    /// <returns>Whether there is such a name.</returns>
    bool TryGetNumber(NameKind kind, ReadOnlySpan<byte> name, out uint number, ReadOnlySpan<byte> protocol = default);

    /// <summary>The name of a number.</summary>
    /// <param name="kind">What the number is.</param>
    /// <param name="number">The number.</param>
    /// <param name="name">The name; empty when it has none.</param>
    /// <param name="protocol">For a service the name of its protocol.</param>
    /// <returns>Whether it has a name.</returns>
    bool TryGetName(NameKind kind, uint number, out ReadOnlySpan<byte> name, ReadOnlySpan<byte> protocol = default);

    /// <summary>The addresses of a host, in the order in which they are to be taken.</summary>
    /// <param name="name">The name of the host.</param>
    /// <param name="size">The size of an address: 4 bytes for IPv4, 16 for IPv6.</param>
    /// <returns>The addresses, one behind the other; empty when there is none.</returns>
    ReadOnlySpan<byte> FindAddresses(ReadOnlySpan<byte> name, int size);

    /// <summary>The name of the host that has an address.</summary>
    /// <param name="address">The 4 or 16 bytes of the address.</param>
    /// <param name="name">The name; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    bool TryGetHost(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name);

    /// <summary>The number of an IP set.</summary>
    /// <param name="name">Its name, shorter than <see cref="IpSetSocket.NameSize"/>.</param>
    /// <param name="number">The number.</param>
    /// <param name="family">The family of its addresses; 0 where it has none, or where that is not known.</param>
    /// <returns>Whether there is such a set.</returns>
    /// <exception cref="KernelException">The kernel does not say.</exception>
    internal bool TryGetSet(ReadOnlySpan<byte> name, out ushort number, out AddressFamily family) =>
        SystemNames.Instance.TryGetSet(name, out number, out family);

    /// <summary>The name of the IP set that has a number; empty when none has it.</summary>
    /// <exception cref="KernelException">The kernel does not say.</exception>
    internal ReadOnlySpan<byte> SetName(ushort number) => SystemNames.Instance.SetName(number);

    /// <summary>Opens a program that is pinned in a bpf file system.</summary>
    /// <returns>Its descriptor, which stays open; -1 where there is no kernel to have it.</returns>
    /// <exception cref="KernelException">There is no such program.</exception>
    internal int OpenProgram(ReadOnlySpan<byte> path) => SystemNames.Instance.OpenProgram(path);

    /// <summary>Why a name may be unknown although somebody has it: a source that could not be asked. Null when all were.</summary>
    /// <param name="kind">What it would be the name of; null for a host.</param>
    internal string? Gap(NameKind? kind) => null;

    /// <summary>Says how all names of hosts that are going to be asked for can be known beforehand, so that they are asked for together.</summary>
    /// <param name="all">
    /// Asks for the name of every address, and does nothing else; called when, and only if, that saves time. Null when all have been asked for.
    /// </param>
    internal void Rehearse(Action? all)
    {
    }
}
