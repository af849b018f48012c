using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>
/// All tables of nf_tables, of a family or of all, whoever made them: with chains, rules, sets, maps, their elements, objects, flow tables and
/// counters. They are put back in one step. Tables that belong to a process are left alone, since only that may change them.
/// </summary>
internal sealed class NftSnapshot : ISnapshot
{
    private const byte AnyFamily = 0; // NFPROTO_UNSPEC
    private const int BatchSize = (1 << 16) - NativeBuffer.Headroom;

    private readonly List<NftTableCopy> _tables = [];
    private uint _generation;

    private NftSnapshot(Family? family) => Family = family;

    /// <inheritdoc/>
    public Family? Family { get; }

    private byte FamilyNumber => Family?.Number ?? AnyFamily;

    /// <summary>Takes one.</summary>
    /// <param name="family">The family; null: all.</param>
    /// <exception cref="KernelException">The tables cannot be read.</exception>
    /// <exception cref="TablesChangedException">Others change them all the time.</exception>
    public static NftSnapshot Take(Family? family)
    {
        NftSnapshot taken = new(family);
        try
        {
            for (int round = 0; round < TablesChangedException.MostRounds; round++)
            {
                if (taken.TryRead())
                {
                    taken._tables.ForEach(static table => table.Names = table.Known is { } model ? ReferenceNames.Read(table.Walk, model) : null);
                    return taken;
                }

                taken.Dispose();
            }

            throw new TablesChangedException();
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Receives what <see cref="Send"/> sent; null when it is incomplete.</summary>
    public static NftSnapshot? Receive(int descriptor, Family? family)
    {
        NftSnapshot received = new(family);
        int count = 0;
        bool isWhole = FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<uint>(ref received._generation)))
            && FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<int>(ref count)));
        for (int i = 0; isWhole && i < count; i++)
        {
            int length = 0;
            isWhole = FileDescriptor.ReadExactly(descriptor, MemoryMarshal.AsBytes(new Span<int>(ref length)));
            NativeBuffer messages = new(length);
            messages.SetLength(length);
            isWhole = isWhole && FileDescriptor.ReadExactly(descriptor, messages.Bytes);
            if (isWhole)
            {
                NftTableCopy table = new(messages);
                table.Names = table.Known is null ? null : ReferenceNames.Receive(descriptor);
                isWhole = (table.Known is null) == (table.Names is null);
                received._tables.Add(table);
            }
        }

        if (isWhole)
        {
            return received;
        }

        received.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Send(int descriptor)
    {
        FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(_generation));
        FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(_tables.Count));
        foreach (NftTableCopy table in _tables)
        {
            FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(table.Messages.Length));
            FileDescriptor.WriteAll(descriptor, table.Messages.Bytes);
            table.Names?.Send(descriptor);
        }
    }

    /// <inheritdoc/>
    public List<(string Table, string Reason)> PutBack()
    {
        List<(string, string)> failed = [];
        PutBack(static _ => true, failed);
        return failed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tables.ForEach(static table => table.Dispose());
        _tables.Clear();
    }

    /// <summary>Puts the tables back that are chosen: all in one step, or, if the kernel refuses that, one by one.</summary>
    private void PutBack(Predicate<NftTableCopy> isChosen, List<(string, string)> failed)
    {
        using NativeBuffer bytes = new(BatchSize);
        using NftSocket socket = new(FamilyNumber);
        for (int round = 0; ; round++)
        {
            using NftSnapshot now = Take(Family);
            List<(NftTableCopy? Then, NftTableCopy? Now)> changes = now._generation == _generation ? [] : ChangesTo(now, isChosen);
            if (changes.Count == 0)
            {
                return;
            }

            foreach ((NftTableCopy? then, _) in changes.ToArray())
            {
                if (then?.Names?.Renew(then.Walk, then.Known!) is { Count: > 0 } lost)
                {
                    failed.RemoveAll(failure => failure.Item1 == NameOf(then)); // of an earlier round
                    failed.Add((NameOf(then), string.Join(", ", lost)));
                    changes.RemoveAll(change => change.Then == then);
                }
            }

            bytes.SetLength(0);
            Write(changes, now._generation, new NetlinkWriter(bytes));
            List<NetlinkRefusal> refusals = socket.Commit(bytes);
            if (refusals.Count == 0)
            {
                return;
            }

            if (refusals[0].Errno == Errno.ERESTART && round < TablesChangedException.MostRounds)
            {
                continue; // others have changed something meanwhile
            }

            if (changes.Count == 1)
            {
                NftTableCopy table = changes[0].Then ?? changes[0].Now!;
                failed.Add((NameOf(table), refusals[0].Reason ?? KernelException.ErrorText(refusals[0].Errno)));
                return;
            }

            foreach ((NftTableCopy? then, NftTableCopy? later) in changes)
            {
                NftTableCopy table = then ?? later!;
                PutBack(table.IsOfSame, failed);
            }

            return;
        }
    }

    private string NameOf(NftTableCopy table) => Family is null ? $"{NftFamily.NameOf(table.Family)} {MessageText.Of(table.Name)}" : MessageText.Of(table.Name);

    private List<(NftTableCopy? Then, NftTableCopy? Now)> ChangesTo(NftSnapshot now, Predicate<NftTableCopy> isChosen)
    {
        List<(NftTableCopy?, NftTableCopy?)> changes = [];
        foreach (NftTableCopy then in _tables)
        {
            NftTableCopy? later = now._tables.Find(then.IsOfSame);
            if (isChosen(then) && !then.IsOwned && later is not { IsOwned: true } && (later is null || then.HasChanged(later)
                    || then.Names?.Hold(then.Walk, then.Known!) == false))
            {
                changes.Add((then, later));
            }
        }

        foreach (NftTableCopy later in now._tables)
        {
            if (isChosen(later) && !later.IsOwned && !_tables.Exists(later.IsOfSame))
            {
                changes.Add((null, later));
            }
        }

        return changes;
    }

    /// <summary>Writes a batch that makes the tables what they were.</summary>
    private static void Write(List<(NftTableCopy? Then, NftTableCopy? Now)> changes, uint generation, NetlinkWriter to)
    {
        uint sequence = 0;
        to.BeginBatch(sequence++, generation);
        foreach ((_, NftTableCopy? now) in changes)
        {
            if (now is not null)
            {
                to.Begin(NfTables.Message.DeleteTable, NetlinkSocket.RequestFlag, sequence++, now.Family);
                to.PutText(NfTables.Table.Name, now.Name);
                to.End();
            }
        }

        foreach ((NftTableCopy? then, _) in changes)
        {
            then?.Write(to, ref sequence);
        }

        to.EndBatch(sequence);
    }

    /// <summary>Reads everything.</summary>
    /// <returns>Whether it is all of one moment.</returns>
    private bool TryRead()
    {
        using NftSocket socket = new(FamilyNumber);
        try
        {
            _generation = socket.ReadGeneration();
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.EPROTONOSUPPORT)
        {
            return true; // the kernel has no nf_tables
        }

        bool isWhole = true;
        List<(NftTableCopy Table, byte[] Chain)> chains = [];
        List<(NftTableCopy Table, byte[] Set, byte[] Attributes)> sets = [];
        try
        {
            Ask(NfTables.Message.GetTable, (family, attributes) => _tables.Add(NftTableCopy.Begin(family, attributes)));
            Ask(NfTables.Message.GetChain, (family, attributes) =>
            {
                if (Add(NfTables.Message.NewChain, family, attributes) is { } table)
                {
                    // The rules of a chain that is part of a rule must be there before that rule is, and so before those of the chain around it.
                    bool isPart = (NetlinkAttributes.FindNumber(attributes, NfTables.Chain.Flags) & NfTables.Chain.BindingFlag) != 0;
                    chains.Insert(isPart ? 0 : chains.Count, (table, NetlinkAttributes.FindText(attributes, NfTables.Chain.Name).ToArray()));
                }
            });
            Ask(NfTables.Message.GetFlowTable, (family, attributes) => Add(NfTables.Message.NewFlowTable, family, attributes));
            Ask(NfTables.Message.GetObject, (family, attributes) => Add(NfTables.Message.NewObject, family, attributes));
            Ask(NfTables.Message.GetSet, (family, attributes) =>
            {
                if (Find(family, attributes) is { } table)
                {
                    sets.Add((table, NetlinkAttributes.FindText(attributes, NfTables.Set.Name).ToArray(), attributes.ToArray()));
                }
            });
            foreach ((NftTableCopy table, byte[] name, byte[] attributes) in sets)
            {
                table.Add(NfTables.Message.NewSet, attributes);
                AskIn(NfTables.Message.GetSetElement, table, name, NfTables.Message.NewSetElement);
            }

            foreach ((NftTableCopy table, byte[] name) in chains)
            {
                AskIn(NfTables.Message.GetRule, table, name, NfTables.Message.NewRule);
            }
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            return false; // what was listed has gone
        }

        return isWhole && socket.ReadGeneration() == _generation;

        void Ask(ushort message, NftSocket.ObjectReader read)
        {
            socket.Read(message, read);
            isWhole &= !socket.WasInterrupted;
        }

        void AskIn(ushort message, NftTableCopy table, byte[] name, ushort stored)
        {
            socket.ReadIn(message, table.Family, table.Name, name, (_, attributes) => table.Add(stored, attributes));
            isWhole &= !socket.WasInterrupted;
        }
    }

    private NftTableCopy? Add(ushort type, byte family, ReadOnlySpan<byte> attributes)
    {
        NftTableCopy? table = Find(family, attributes);
        table?.Add(type, attributes);
        return table;
    }

    /// <summary>The table that an object is of: its name is the first attribute of each kind.</summary>
    private NftTableCopy? Find(byte family, ReadOnlySpan<byte> attributes)
    {
        ReadOnlySpan<byte> name = NetlinkAttributes.FindText(attributes, NfTables.Chain.Table);
        foreach (NftTableCopy table in _tables)
        {
            if (table.Family == family && name.SequenceEqual(table.Name))
            {
                return table;
            }
        }

        return null;
    }
}
