using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>Writes the messages by which a table and its chains are made, changed and deleted.</summary>
/// <param name="table">The table.</param>
/// <param name="origin">What nf_tables has of it.</param>
/// <param name="batch">The batch.</param>
internal sealed class ChainWriter(Table table, NftOrigin origin, Batch batch)
{
    private const uint AcceptPolicy = 1; // NF_ACCEPT, linux/netfilter.h
    private const uint DropPolicy = 0; // NF_DROP

    private readonly NetlinkWriter _to = batch.To;

    /// <summary>Makes the table, if it is needed and not there or to be made anew.</summary>
    public void WriteTable()
    {
        if (origin is { IsThere: true, IsAnew: true })
        {
            batch.Begin(NfTables.Message.DeleteTable, 0, "TABLE_FLUSH", "table ", table.Name);
            _to.PutText(NfTables.Table.Name, table.Name);
            _to.End();
        }

        if ((origin.IsAnew || !origin.IsThere) && HasNewChains())
        {
            batch.Begin(NfTables.Message.NewTable, NetlinkSocket.CreateFlag, "TABLE_ADD", "table ", table.Name);
            _to.PutText(NfTables.Table.Name, table.Name);
            _to.End();
        }
    }

    /// <summary>Makes a chain that is new, or changes one that is there.</summary>
    public void Write(Chain chain)
    {
        if (IsNew(chain))
        {
            MakeChain(chain);
        }
        else if (origin.InKernel(chain) is { } there && !chain.IsDeleted)
        {
            ChangeChain(chain, there);
        }
    }

    /// <summary>Deletes a chain that is there and is to be no more.</summary>
    public void Delete(Chain chain)
    {
        if (!chain.IsDeleted || origin.InKernel(chain) is not { } there)
        {
            return;
        }

        batch.Begin(NfTables.Message.DeleteChain, NetlinkSocket.NotRecursiveFlag, "CHAIN_DEL", "chain ", chain.Name);
        _to.PutText(NfTables.Chain.Table, table.Name);
        _to.PutText(NfTables.Chain.Name, there.Name);
        _to.End();
    }

    private bool HasNewChains()
    {
        foreach (Chain chain in table.ChainsByNumber)
        {
            if (IsNew(chain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a chain is to be made: a user's, or a built-in one that someone needs.</summary>
    private bool IsNew(Chain chain) =>
        !chain.IsDeleted && origin.InKernel(chain) is null && (!chain.IsBuiltIn || chain.IsWanted || chain.RuleCount > 0);

    private void MakeChain(Chain chain)
    {
        if (!chain.IsBuiltIn)
        {
            batch.Begin(NfTables.Message.NewChain, NetlinkSocket.ExclusiveFlag, "CHAIN_USER_ADD", "chain ", chain.Name);
            _to.PutText(NfTables.Chain.Table, table.Name);
            _to.PutText(NfTables.Chain.Name, chain.Name);
            _to.End();
            return;
        }

        batch.Begin(NfTables.Message.NewChain, NetlinkSocket.CreateFlag, "CHAIN_ADD", "chain ", chain.Name);
        _to.PutText(NfTables.Chain.Table, table.Name);
        _to.PutText(NfTables.Chain.Name, chain.Name);
        BaseChain place = BaseChain.Of(origin.BuiltIn, Encoding.ASCII.GetString(chain.Name));
        int hook = _to.BeginNest(NfTables.Chain.Hook);
        _to.Put(NfTables.Hook.Number, (uint)(place.Hook ?? chain.Hook));
        _to.Put(NfTables.Hook.Priority, (uint)place.Priority);
        _to.EndNest(hook);
        PutPolicy(chain);
        PutCounters(chain.PolicyCounters);
        _to.PutText(NfTables.Chain.Type, place.Type);
        _to.End();
    }

    private void ChangeChain(Chain chain, NftChain there)
    {
        if (!chain.Name.AsSpan().SequenceEqual(there.Name))
        {
            batch.Begin(NfTables.Message.NewChain, 0, "CHAIN_RENAME", "chain ", chain.Name);
            _to.PutText(NfTables.Chain.Table, table.Name);
            _to.Put(NfTables.Chain.Handle, there.Handle);
            _to.PutText(NfTables.Chain.Name, chain.Name);
            _to.End();
        }

        bool setsPolicy = chain.IsBuiltIn && (chain.Policy == Verdict.Drop) != there.Drops;
        bool setsCounters = chain.IsBuiltIn && chain.PolicyFate != CounterFate.Keep;
        if (setsPolicy || setsCounters)
        {
            batch.Begin(NfTables.Message.NewChain, 0, setsPolicy ? "CHAIN_UPDATE" : Batch.Zeroing, "chain ", chain.Name);
            _to.PutText(NfTables.Chain.Table, table.Name);
            _to.PutText(NfTables.Chain.Name, chain.Name);
            PutPolicy(chain);
            if (setsCounters)
            {
                PutCounters(chain.PolicyFate == CounterFate.Set ? chain.PolicyCounters : default);
            }

            _to.End();
        }
    }

    private void PutPolicy(Chain chain) => _to.Put(NfTables.Chain.Policy, chain.Policy == Verdict.Drop ? DropPolicy : AcceptPolicy);

    private void PutCounters(XtCounters counters)
    {
        int nest = _to.BeginNest(NfTables.Chain.Counters);
        _to.Put(NfTables.Counter.Packets, counters.Packets);
        _to.Put(NfTables.Counter.Bytes, counters.Bytes);
        _to.EndNest(nest);
    }
}
