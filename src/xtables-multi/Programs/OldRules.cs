using System;
using System.Runtime.InteropServices;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The rules in force before a change, to be restored.</summary>
/// <param name="family">The family.</param>
/// <param name="tables">Its tables.</param>
/// <param name="nftGeneration">
/// The result of <see cref="NftGeneration.Read"/>, if the change may affect nf_tables; else <see cref="NotWatched"/>.
/// </param>
internal sealed class OldRules(Family family, Snapshot tables, uint nftGeneration) : IDisposable
{
    /// <summary>Instead of a generation of nf_tables, which is never 0.</summary>
    public const uint NotWatched = 0;

    public Family Family => family;

    public Snapshot Tables => tables;

    /// <summary>Whether nf_tables has changed since.</summary>
    public bool NftHasChanged => nftGeneration != NotWatched && NftGeneration.Read() != nftGeneration;

    /// <summary>Receives what <see cref="Send"/> sent; null when it is incomplete.</summary>
    public static OldRules? Receive(int descriptor, Family family)
    {
        uint generation = 0;
        return FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<uint>(ref generation)))
            && Snapshot.Receive(descriptor) is { } tables
            ? new OldRules(family, tables, generation) : null;
    }

    /// <summary>Sends it to another process of this program.</summary>
    /// <exception cref="KernelException">The other process does not read it.</exception>
    public void Send(int descriptor)
    {
        FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(nftGeneration));
        tables.Send(descriptor);
    }

    /// <inheritdoc/>
    public void Dispose() => tables.Dispose();
}
