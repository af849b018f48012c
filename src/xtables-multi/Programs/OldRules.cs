using System;
using System.Runtime.InteropServices;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>What was in force before a change, to be put back.</summary>
/// <param name="family">The family.</param>
/// <param name="tables">Its tables.</param>
/// <param name="nftGeneration">
/// What <see cref="NftGeneration.Read"/> said, if the change may be one of nf_tables, which has no snapshot; else <see cref="NotWatched"/>.
/// </param>
internal sealed class OldRules(Family family, Snapshot tables, uint nftGeneration) : IDisposable
{
    /// <summary>In place of a generation of nf_tables, of which none is 0.</summary>
    public const uint NotWatched = 0;

    /// <summary>The family.</summary>
    public Family Family => family;

    /// <summary>Its tables.</summary>
    public Snapshot Tables => tables;

    /// <summary>Whether nf_tables has been changed since.</summary>
    public bool NftHasChanged => nftGeneration != NotWatched && NftGeneration.Read() != nftGeneration;

    /// <summary>Receives what <see cref="Send"/> has sent; null when it did not come whole.</summary>
    public static OldRules? Receive(int descriptor, Family family)
    {
        uint generation = 0;
        return FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<uint>(ref generation)))
            && Snapshot.Receive(descriptor) is { } tables
            ? new OldRules(family, tables, generation) : null;
    }

    /// <summary>Sends it to another process of this program.</summary>
    /// <exception cref="KernelException">The other does not read.</exception>
    public void Send(int descriptor)
    {
        FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(nftGeneration));
        tables.Send(descriptor);
    }

    /// <inheritdoc/>
    public void Dispose() => tables.Dispose();
}
