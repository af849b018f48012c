using System;
using System.Text;
using Sharptables.Explain;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;

namespace Sharptables.Programs;

/// <summary>What rules ask of the machine beside the packet: IP sets, the time, and which addresses are its own.</summary>
/// <param name="names">The names of IP sets by their numbers in rules.</param>
/// <param name="routes">The routes, or null.</param>
/// <param name="savedSets">The sets as <c>ipset save</c> writes them; null: those of the kernel, if the rules are the kernel's.</param>
/// <param name="isRunning">Whether the rules are those in force on this machine.</param>
internal sealed class AskedMachine(INames names, IRoutes? routes, byte[]? savedSets, bool isRunning) : IMachine
{
    private IpSets? _sets;

    /// <inheritdoc/>
    public DateTimeOffset? Now => Time ?? (isRunning ? DateTimeOffset.UtcNow : null);

    /// <summary>The time that is said; null for now, if it is about this machine.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <inheritdoc/>
    public int? TypeOf(Family family, UInt128 address, UInt128? device) => device is null ? routes?.TypeOf(family, address) : null;

    /// <inheritdoc/>
    public IpSet? FindSet(ushort number)
    {
        _sets ??= IpSets.Parse(Encoding.Latin1.GetString(savedSets ?? (isRunning ? Save() : null) ?? []));
        return _sets.Find(Encoding.Latin1.GetString(names.SetName(number)))?.Asked;
    }

    /// <summary>What ipset(8) says of the kernel's sets; null if it is not there, or may not.</summary>
    private static byte[]? Save() =>
        FromNft.FindProgram("ipset") is { } program && ChildProcess.Run([program, [.. "save"u8]], out byte[] output) == 0 ? output : null;
}
