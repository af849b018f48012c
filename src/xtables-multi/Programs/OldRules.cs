using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The rules in force before a change, to be restored: those of each family that the change may affect.</summary>
internal sealed class OldRules : IDisposable
{
    /// <summary>Instead of a generation of nf_tables, which is never 0.</summary>
    private const uint NotWatched = 0;

    private readonly List<Snapshot> _tables = [];
    private uint _nftGeneration;

    private OldRules(Family[] families) => Families = families;

    /// <summary>The families; first that of the program.</summary>
    public Family[] Families { get; }

    /// <summary>Their tables.</summary>
    public IReadOnlyList<Snapshot> Tables => _tables;

    /// <summary>Whether nf_tables has changed since.</summary>
    public bool NftHasChanged => _nftGeneration != NotWatched && NftGeneration.Read() != _nftGeneration;

    /// <summary>Reads them. The caller holds the lock.</summary>
    /// <param name="families">The families; first that of the program.</param>
    /// <param name="watchesNft">Whether the change may affect nf_tables, too.</param>
    /// <exception cref="KernelException">They cannot be read.</exception>
    public static OldRules Take(Family[] families, bool watchesNft)
    {
        OldRules taken = new(families) { _nftGeneration = watchesNft ? NftGeneration.Read() : NotWatched };
        try
        {
            foreach (Family family in families)
            {
                using LegacyTables tables = new(new ExtensionSet(family));
                taken._tables.Add(Snapshot.Take(tables));
            }

            return taken;
        }
        catch (KernelException)
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Receives what <see cref="Send"/> sent; null when it is incomplete.</summary>
    public static OldRules? Receive(int descriptor, Family[] families)
    {
        OldRules received = new(families);
        if (FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<uint>(ref received._nftGeneration)))
            && Array.TrueForAll(families, family => received.ReceiveTables(descriptor, family)))
        {
            return received;
        }

        received.Dispose();
        return null;
    }

    /// <summary>Sends it to another process of this program.</summary>
    /// <exception cref="KernelException">The other process does not read it.</exception>
    public void Send(int descriptor)
    {
        FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(_nftGeneration));
        _tables.ForEach(tables => tables.Send(descriptor));
    }

    /// <inheritdoc/>
    public void Dispose() => _tables.ForEach(static tables => tables.Dispose());

    private bool ReceiveTables(int descriptor, Family family)
    {
        if (Snapshot.Receive(descriptor, family) is not { } tables)
        {
            return false;
        }

        _tables.Add(tables);
        return true;
    }
}
