using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Reads and writes tables through nf_tables, as iptables-nft does. A table is read as far as it is looked at, and what was changed is written as
/// one batch, which names the generation that was read.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
internal sealed class NftTables(ExtensionSet extensions) : ITables
{
    private const int BatchSize = (1 << 16) - NativeBuffer.Headroom;
    private const int MostRounds = 100;

    private static readonly string[] s_order = ["mangle", "security", "raw", "filter", "nat"]; // of iptables-save

    private NftSocket? _socket;

    /// <inheritdoc/>
    public ExtensionSet Extensions => extensions;

    public Family Family => extensions.Family;

    /// <inheritdoc/>
    public KernelInterface Interface => KernelInterface.Nft;

    /// <inheritdoc/>
    public ModuleAttempt? Loading => null;

    private NftSocket Socket => _socket ??= new NftSocket(Family.Number);

    private Lazy<NftSocket> RuleSocket => field ??= new(() => new NftSocket(Family.Number), isThreadSafe: false);

    /// <inheritdoc/>
    public List<byte[]> NamesInForce()
    {
        List<byte[]> there = Socket.ReadTables();
        List<byte[]> names = [];
        foreach (string known in s_order)
        {
            if (there.Find(name => System.Text.Ascii.Equals(name, known)) is { } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <inheritdoc/>
    public Table Read(ReadOnlySpan<byte> name) => Read(name, isAnew: false);

    /// <inheritdoc/>
    public Table ReadEmpty(ReadOnlySpan<byte> name) => Read(name, isAnew: true);

    /// <inheritdoc/>
    public void Complete(Table table, Chain? only)
    {
        NftOrigin origin = (NftOrigin)table.Origin;
        if (only is null)
        {
            table.ReadAll();
        }
        else
        {
            _ = table.CountUpTo(only, int.MaxValue);
        }

        if (origin.WasInterrupted || Socket.ReadGeneration() != origin.Generation)
        {
            throw new TablesChangedException();
        }
    }

    /// <inheritdoc/>
    public void Write(Table table)
    {
        Narrowing.Apply(table, this);
        NftOrigin origin = (NftOrigin)table.Origin;
        origin.Inherit(table);
        using NativeBuffer bytes = new(BatchSize);
        for (int round = 0; ; round++)
        {
            bytes.SetLength(0);
            BatchWriter batch = new(table, origin, extensions, new NetlinkWriter(bytes));
            batch.Write();
            List<NetlinkRefusal> refusals = batch.IsEmpty ? [] : Socket.Commit(bytes);
            if (refusals.Count == 0)
            {
                new CounterReset(Socket, RuleSocket, table, origin).Zero(batch.Zeroes);
                return;
            }

            if (!refusals.Exists(static refusal => refusal is { Sequence: BatchWriter.FirstSequence, Errno: Errno.ERESTART }))
            {
                throw Refused(table, origin, refusals, bytes);
            }

            if (!(origin.IsAnew || batch.OnlyZeroes) || round == MostRounds)
            {
                throw new TablesChangedException();
            }

            origin.Generation = Socket.ReadGeneration();
            origin.IsThere = Socket.HasTable(table.Name);
        }
    }

    /// <inheritdoc/>
    public void Describe(ReadOnlySpan<byte> name, Output output)
    {
        // the expressions of the rules, as nft(8) writes them
    }

    /// <inheritdoc/>
    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget) => Socket.HasExtension(name, revision, isTarget);

    /// <inheritdoc/>
    public ITables? TryOpenElsewhere() => null; // the kernel says itself which rule it refuses

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        if (RuleSocket.IsValueCreated)
        {
            RuleSocket.Value.Dispose();
        }
    }

    private Table Read(ReadOnlySpan<byte> name, bool isAnew)
    {
        BuiltInTable known = BuiltInTable.Named(MessageText.Of(name), Family) ?? throw new KernelException("open", Errno.ENOENT);
        uint generation = Socket.ReadGeneration();
        NftOrigin origin = new(Socket, RuleSocket, known, generation, Socket.HasTable(name), isAnew);
        Table table = new(name, Family, new NativeBuffer(0), origin) { SortsChains = true };
        origin.Reader = new RuleReader(table, extensions);
        return table;
    }

    private TableRefusedException Refused(Table table, NftOrigin origin, List<NetlinkRefusal> refusals, NativeBuffer bytes)
    {
        bytes.SetLength(0);
        BatchWriter again = new(table, origin, extensions, new NetlinkWriter(bytes));
        again.Write(refusals);
        return new TableRefusedException(new KernelException("nf_tables", refusals[0].Errno), table, again.Refused);
    }
}
