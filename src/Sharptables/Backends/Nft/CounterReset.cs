using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Sets counters of rules to zero: by the message that Linux has for it since 6.2, which loses no packet; on an older one by replacing each rule
/// with itself, with a counter that is zero.
/// </summary>
/// <param name="socket">The socket for changes.</param>
/// <param name="rules">The socket for lists of rules.</param>
/// <param name="table">The table.</param>
/// <param name="origin">What nf_tables has of it.</param>
internal sealed class CounterReset(NftSocket socket, Lazy<NftSocket> rules, Table table, NftOrigin origin)
{
    private const int BatchSize = (1 << 14) - NativeBuffer.Headroom;

    /// <summary>Sets counters to zero.</summary>
    /// <param name="zeroes">Rules by their handles, and chains of which all rules are meant.</param>
    /// <exception cref="TablesChangedException">Others change the tables all the time.</exception>
    public void Zero(IReadOnlyList<(Chain Chain, ulong? Handle)> zeroes)
    {
        foreach ((Chain chain, ulong? handle) in zeroes)
        {
            byte[] name = origin.NameInBatch(chain);
            if (!(handle is { } rule ? socket.TryZeroRule(table.Name, name, rule) : socket.TryZeroRules(table.Name, name)))
            {
                Replace(zeroes);
                return;
            }
        }
    }

    private void Replace(IReadOnlyList<(Chain Chain, ulong? Handle)> zeroes)
    {
        using NativeBuffer bytes = new(BatchSize);
        for (int round = 0; round < TablesChangedException.MostRounds; round++)
        {
            bytes.SetLength(0);
            NetlinkWriter batch = new(bytes);
            batch.BeginBatch(sequence: 0, socket.ReadGeneration());
            foreach ((Chain chain, ulong? handle) in zeroes)
            {
                rules.Value.BeginRules(table.Name, origin.NameInBatch(chain));
                while (rules.Value.NextRule(out ReadOnlySpan<byte> attributes))
                {
                    ReplaceRule(attributes, handle, batch);
                }
            }

            batch.EndBatch(sequence: 0);
            List<NetlinkRefusal> refusals = socket.Commit(bytes);
            if (refusals.Count == 0)
            {
                return;
            }

            if (refusals[0].Errno is not (Errno.ERESTART or Errno.ENOENT))
            {
                throw new KernelException("nf_tables", refusals[0].Errno);
            }
        }

        throw new TablesChangedException();
    }

    private void ReplaceRule(ReadOnlySpan<byte> attributes, ulong? wanted, NetlinkWriter batch)
    {
        ReadOnlySpan<byte> expressions = NetlinkAttributes.Find(attributes, NfTables.Rule.Expressions);
        ReadOnlySpan<byte> userData = NetlinkAttributes.Find(attributes, NfTables.Rule.UserData);
        ReadOnlySpan<byte> handle = NetlinkAttributes.Find(attributes, NfTables.Rule.Handle);
        byte[] zeroed = expressions.ToArray();
        if ((wanted is { } only && only != System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(handle)) || !ClearCounters(zeroed))
        {
            return;
        }

        batch.Begin(
            NfTables.Message.NewRule, NetlinkSocket.RequestFlag | NetlinkSocket.CreateFlag | NetlinkSocket.ReplaceFlag, 0, table.Layout.Family.Number);
        batch.Put(NfTables.Rule.Table, NetlinkAttributes.Find(attributes, NfTables.Rule.Table));
        batch.Put(NfTables.Rule.Chain, NetlinkAttributes.Find(attributes, NfTables.Rule.Chain));
        batch.Put(NfTables.Rule.Handle, handle);
        if (!userData.IsEmpty)
        {
            batch.Put(NfTables.Rule.UserData, userData);
        }

        int nest = batch.BeginNest(NfTables.Rule.Expressions);
        batch.Append(zeroed);
        batch.EndNest(nest);
        RuleProtocol.Write(table.Layout.Family.Number, expressions, batch);
        batch.End();
    }

    /// <summary>Sets the counters among some expressions to zero.</summary>
    /// <returns>Whether one was not.</returns>
    private static bool ClearCounters(Span<byte> expressions)
    {
        bool wasCounted = false;
        NetlinkAttributes each = new(expressions);
        while (each.MoveNext())
        {
            if (!NetlinkAttributes.Find(each.Data, NfTables.Expression.Name).SequenceEqual("counter\0"u8))
            {
                continue;
            }

            NetlinkAttributes numbers = new(NetlinkAttributes.Find(each.Data, NfTables.Expression.Data));
            while (numbers.MoveNext())
            {
                if (numbers.Type is NfTables.Counter.Packets or NfTables.Counter.Bytes && numbers.Data.Length == sizeof(ulong))
                {
                    _ = ((ReadOnlySpan<byte>)expressions).Overlaps(numbers.Data, out int place);
                    Span<byte> number = expressions.Slice(place, sizeof(ulong));
                    wasCounted |= number.ContainsAnyExcept((byte)0);
                    number.Clear();
                }
            }
        }

        return wasCounted;
    }
}
