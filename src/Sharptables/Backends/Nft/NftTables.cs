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
    private const int BatchSize = (1 << 12) - NativeBuffer.Headroom; // enough for a few rules

    private static readonly string[] s_order = ["mangle", "security", "raw", "filter", "nat", "broute"]; // of iptables-save and ebtables-save

    private NftSocket? _socket;
    private NftWatch? _watch; // since a change came while a table was read
    private Table? _watched;

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

        if ((origin.WasInterrupted || Socket.ReadGeneration() != origin.Generation) && !IsAsRead(table))
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
            List<NetlinkRefusal> refusals = Commit(batch, bytes, table, origin);
            if (refusals.Count == 0)
            {
                new CounterReset(Socket, RuleSocket, table, origin).Zero(batch.Zeroes);
                return;
            }

            if (!refusals.Exists(static refusal => refusal is { Sequence: Batch.FirstSequence, Errno: Errno.ERESTART }))
            {
                throw Refused(table, origin, refusals, bytes);
            }

            uint generation = Socket.ReadGeneration();
            if (!(origin.IsAnew || batch.Batch.OnlyZeroes || IsAsRead(table)) || round == TablesChangedException.MostRounds)
            {
                throw new TablesChangedException();
            }

            origin.Generation = generation;
            origin.AskAgain();
        }
    }

    /// <inheritdoc/>
    public void Clear(ReadOnlySpan<byte> name)
    {
        using Table table = ReadEmpty(name);
        Write(table); // without its chains: a table that nothing is made in is not made again
    }

    /// <inheritdoc/>
    public void Describe(ReadOnlySpan<byte> name, Output output)
    {
        List<byte[]> rules = [];
        byte[] wanted = name.ToArray();
        Socket.Read(NfTables.Message.GetRule, (_, attributes) =>
        {
            if (NetlinkAttributes.FindText(attributes, NfTables.Rule.Table).SequenceEqual(wanted))
            {
                rules.Add(attributes.ToArray());
            }
        });
        ObjectText text = new(output);
        SetSource sets = new NftSets(Socket, wanted).Find;
        foreach (byte[] rule in rules)
        {
            text.WritePlace(Family.Number, rule, NfTables.Rule.Table, NfTables.Rule.Chain);
            output.Write($" {NetlinkAttributes.FindLongNumber(rule, NfTables.Rule.Handle)}\n  ");
            text.WriteRule(Family.Number, rule, sets);
            output.Write((byte)'\n');
        }
    }

    /// <inheritdoc/>
    public bool HasRevision(ReadOnlySpan<byte> name, byte revision, bool isTarget) => Socket.HasExtension(name, revision, isTarget);

    /// <inheritdoc/>
    public ITables? TryOpenElsewhere() => EmptyNetwork.TryOpen(() => new NftTables(extensions) { _socket = new NftSocket(Family.Number) });

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _watch?.Dispose();
        if (RuleSocket.IsValueCreated)
        {
            RuleSocket.Value.Dispose();
        }
    }

    /// <summary>
    /// Whether nothing in a table has changed since it was read, although the number of the last change of any is another: so who changes other
    /// tables all the time does not keep anyone from this one. It is known only from the second attempt on.
    /// </summary>
    private bool IsAsRead(Table table)
    {
        if (_watch is not null && _watched == table)
        {
            Socket.AwaitEvents();
            return !_watch.HasSeenChange(table.Name);
        }

        _watch ??= new NftWatch(Family.Number);
        return false;
    }

    /// <summary>Writes a batch and gives it to the kernel.</summary>
    /// <returns>What the kernel refuses; the table is whole again then.</returns>
    /// <exception cref="TableRefusedException">The batch is longer than this process may send.</exception>
    private List<NetlinkRefusal> Commit(BatchWriter batch, NativeBuffer bytes, Table table, NftOrigin origin)
    {
        List<NetlinkRefusal>? refusals = null;
        try
        {
            batch.Write();
            refusals = batch.Batch.IsEmpty ? [] : Socket.Commit(bytes);
        }
        catch (KernelException e) when (e.Errno == Errno.EMSGSIZE)
        {
            throw new TableRefusedException(e, table);
        }
        finally
        {
            if (refusals is not { Count: 0 })
            {
                batch.Written.PutBack(bytes, origin.Reader!);
            }
        }

        return refusals;
    }

    private Table Read(ReadOnlySpan<byte> name, bool isAnew)
    {
        BuiltInTable known = BuiltInTable.Named(MessageText.Of(name), Family) ?? throw new KernelException("open", Errno.ENOENT);
        _watch?.Forget();
        uint generation = Socket.ReadGeneration();
        NftOrigin origin = new(Socket, RuleSocket, known, generation, isAnew);
        Table table = new(name, Family, new NativeBuffer(0), origin) { SortsChains = true };
        origin.Reader = new RuleReader(table, extensions, new NftSets(Socket, table.Name).Find);
        _watched = table;
        return table;
    }

    private TableRefusedException Refused(Table table, NftOrigin origin, List<NetlinkRefusal> refusals, NativeBuffer bytes)
    {
        bytes.SetLength(0);
        BatchWriter again = new(table, origin, extensions, new NetlinkWriter(bytes), refusals);
        again.Write();
        again.Written.PutBack(bytes, origin.Reader!);
        return new TableRefusedException(new KernelException("nf_tables", refusals[0].Errno), table, again.Batch.Refused);
    }
}
