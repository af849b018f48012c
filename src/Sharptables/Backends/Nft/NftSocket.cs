using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Asks nf_tables for the objects of a family and gives it batches of changes.</summary>
/// <param name="family">The family's number (<c>NFPROTO_*</c>).</param>
internal sealed class NftSocket(byte family) : IDisposable
{
    private readonly NetlinkSocket _socket = new(NetlinkSocket.Netfilter);
    private readonly NativeBuffer _request = new(4096 - NativeBuffer.Headroom);

    /// <summary>The family's number.</summary>
    public byte Family => family;

    /// <summary>Whether what a list gave changed while it was given.</summary>
    public bool WasInterrupted => _socket.WasInterrupted;

    /// <summary>The number of the last change of any table.</summary>
    public uint ReadGeneration()
    {
        _ = _socket.TryGet(NfTables.Message.GetGeneration, Request(), out ReadOnlySpan<byte> answer);
        return NetlinkAttributes.FindNumber(AttributesOf(answer), NfTables.Generation.Id);
    }

    /// <summary>Takes an object of a list.</summary>
    /// <param name="family">The number of its family.</param>
    /// <param name="attributes">Its attributes; valid until it returns.</param>
    public delegate void ObjectReader(byte family, ReadOnlySpan<byte> attributes);

    /// <summary>Reads all objects of a kind.</summary>
    /// <param name="message">The request, such as <see cref="NfTables.Message.GetSet"/>.</param>
    /// <param name="read">Called with each.</param>
    public void Read(ushort message, ObjectReader read) => Read(message, Request(), read);

    /// <summary>Reads all objects that are in another: rules of a chain, elements of a set.</summary>
    /// <param name="message">The request.</param>
    /// <param name="of">The number of the family.</param>
    /// <param name="table">The table.</param>
    /// <param name="parent">The name of the other.</param>
    /// <param name="read">Called with each.</param>
    public void ReadIn(ushort message, byte of, ReadOnlySpan<byte> table, ReadOnlySpan<byte> parent, ObjectReader read)
    {
        _ = Request(NfTables.Rule.Table, table, NfTables.Rule.Chain, parent); // the numbers are the same for both kinds
        _request.Bytes[0] = of;
        Read(message, _request.Bytes, read);
    }

    /// <summary>The names of the family's tables, in the order in which they were made.</summary>
    public List<byte[]> ReadTables()
    {
        List<byte[]> names = [];
        Read(NfTables.Message.GetTable, (_, attributes) => names.Add(NetlinkAttributes.FindText(attributes, NfTables.Table.Name).ToArray()));
        return names;
    }

    /// <summary>Whether there is a table of that name.</summary>
    public bool HasTable(ReadOnlySpan<byte> name) => _socket.TryGet(NfTables.Message.GetTable, Request(NfTables.Table.Name, name), out _);

    /// <summary>The chain of that name, or null.</summary>
    public NftChain? ReadChain(ReadOnlySpan<byte> table, ReadOnlySpan<byte> name) =>
        _socket.TryGet(NfTables.Message.GetChain, Request(NfTables.Chain.Table, table, NfTables.Chain.Name, name), out ReadOnlySpan<byte> answer)
            ? NftChain.Read(AttributesOf(answer))
            : null;

    /// <summary>All chains of a table.</summary>
    public List<NftChain> ReadChains(ReadOnlySpan<byte> table)
    {
        List<NftChain> chains = [];
        _socket.BeginDump(NfTables.Message.GetChain, Request(NfTables.Chain.Table, table));
        while (Next(out ReadOnlySpan<byte> attributes)) // those of all tables: the kernel does not choose
        {
            if (NetlinkAttributes.FindText(attributes, NfTables.Chain.Table).SequenceEqual(table))
            {
                chains.Add(NftChain.Read(attributes));
            }
        }

        return chains;
    }

    /// <summary>Reads a set, without its elements.</summary>
    /// <returns>Whether it is there.</returns>
    public bool TryReadSet(ReadOnlySpan<byte> table, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> attributes)
    {
        bool isThere = _socket.TryGet(NfTables.Message.GetSet, Request(NfTables.Set.Table, table, NfTables.Set.Name, name), out ReadOnlySpan<byte> answer);
        attributes = AttributesOf(answer);
        return isThere;
    }

    /// <summary>Asks for the rules of a chain; <see cref="NextRule"/> gives them. A list that was not read to its end is dropped.</summary>
    public void BeginRules(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain) =>
        _socket.BeginDump(NfTables.Message.GetRule, Request(NfTables.Rule.Table, table, NfTables.Rule.Chain, chain));

    /// <summary>The attributes of the next rule; valid until the next is asked for.</summary>
    public bool NextRule(out ReadOnlySpan<byte> attributes) => Next(out attributes);

    /// <summary>Reads one rule.</summary>
    /// <returns>Whether it is there.</returns>
    public bool TryReadRule(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, ulong handle, out ReadOnlySpan<byte> attributes)
    {
        bool isThere = _socket.TryGet(NfTables.Message.GetRule, RequestRule(table, chain, handle), out ReadOnlySpan<byte> answer);
        attributes = AttributesOf(answer);
        return isThere;
    }

    /// <summary>Whether the next rule was received with the last, so that asking for it costs nothing.</summary>
    public bool HasReceivedRule => _socket.HasReceived;

    /// <summary>Sets the counters of a chain's rules to zero, each in one step with reading it.</summary>
    /// <returns>False: the kernel is too old to.</returns>
    public bool TryZeroRules(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain)
    {
        try
        {
            _socket.BeginDump(NfTables.Message.GetRuleAndReset, Request(NfTables.Rule.Table, table, NfTables.Rule.Chain, chain));
            while (_socket.NextInDump(out _))
            {
            }

            return true;
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            return false;
        }
    }

    /// <summary>Sets the counters of a rule to zero, in one step with reading it.</summary>
    /// <returns>False: the kernel is too old to.</returns>
    public bool TryZeroRule(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, ulong handle)
    {
        try
        {
            return _socket.TryGet(NfTables.Message.GetRuleAndReset, RequestRule(table, chain, handle), out _);
        }
        catch (KernelException e) when (e.Errno is Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            return false;
        }
    }

    /// <summary>Whether x_tables has a match or target in a revision.</summary>
    public bool HasExtension(ReadOnlySpan<byte> name, byte revision, bool isTarget)
    {
        NetlinkWriter request = Begin();
        request.PutText(NfTables.Extension.Name, name);
        request.Put(NfTables.Extension.Revision, (uint)revision);
        request.Put(NfTables.Extension.Type, isTarget ? 1u : 0);
        try
        {
            return _socket.TryGet(NfTables.Message.GetExtension, _request.Bytes, out _);
        }
        catch (KernelException e) when (e.Errno is Errno.EPROTONOSUPPORT or Errno.EINVAL)
        {
            return false;
        }
    }

    /// <summary>Gives the kernel a batch.</summary>
    /// <param name="batch">The messages.</param>
    /// <returns>Those that it refuses; if there are any, nothing has changed.</returns>
    public List<NetlinkRefusal> Commit(NativeBuffer batch)
    {
        List<NetlinkRefusal> refusals = [];
        _socket.Commit(batch, refusals);
        return refusals;
    }

    /// <summary>Waits until the kernel has told everyone about the changes that are in force.</summary>
    public void AwaitEvents()
    {
        using NativeBuffer bytes = new(4096 - NativeBuffer.Headroom);
        NetlinkWriter batch = new(bytes);
        batch.BeginBatch(sequence: 0, generation: null);
        batch.EndBatch(sequence: 0);
        _ = Commit(bytes); // an empty batch takes its turn behind those that are being put in force
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _request.Dispose();
    }

    private static ReadOnlySpan<byte> AttributesOf(ReadOnlySpan<byte> message) => message.Length < NfTables.HeadSize ? default : message[NfTables.HeadSize..];

    private bool Next(out ReadOnlySpan<byte> attributes)
    {
        bool isThere = _socket.NextInDump(out ReadOnlySpan<byte> message);
        attributes = isThere ? AttributesOf(message) : default;
        return isThere;
    }

    private void Read(ushort message, ReadOnlySpan<byte> request, ObjectReader read)
    {
        _socket.BeginDump(message, request);
        while (_socket.NextInDump(out ReadOnlySpan<byte> answer))
        {
            if (answer.Length >= NfTables.HeadSize)
            {
                read(answer[0], AttributesOf(answer));
            }
        }
    }

    private NetlinkWriter Begin()
    {
        _request.SetLength(NfTables.HeadSize);
        _request.Bytes.Clear();
        _request.Bytes[0] = family;
        return new NetlinkWriter(_request);
    }

    private ReadOnlySpan<byte> Request()
    {
        _ = Begin();
        return _request.Bytes;
    }

    private ReadOnlySpan<byte> Request(ushort attribute, ReadOnlySpan<byte> text)
    {
        Begin().PutText(attribute, text);
        return _request.Bytes;
    }

    private ReadOnlySpan<byte> Request(ushort attribute, ReadOnlySpan<byte> text, ushort second, ReadOnlySpan<byte> secondText)
    {
        NetlinkWriter request = Begin();
        request.PutText(attribute, text);
        request.PutText(second, secondText);
        return _request.Bytes;
    }

    private ReadOnlySpan<byte> RequestRule(ReadOnlySpan<byte> table, ReadOnlySpan<byte> chain, ulong handle)
    {
        NetlinkWriter request = Begin();
        request.PutText(NfTables.Rule.Table, table);
        request.PutText(NfTables.Rule.Chain, chain);
        request.Put(NfTables.Rule.Handle, handle);
        return _request.Bytes;
    }
}
