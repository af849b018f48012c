using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>
/// All that a table of nf_tables has, of any family: the messages by which the kernel lists it, in the order in which it can be made of them again.
/// </summary>
/// <param name="messages">The messages, first that of the table itself.</param>
internal sealed class NftTableCopy(NativeBuffer messages) : IDisposable
{
    private const int FirstSize = 4096 - NativeBuffer.Headroom;

    /// <summary>The messages.</summary>
    public NativeBuffer Messages => messages;

    /// <summary><c>NFPROTO_*</c>.</summary>
    public byte Family { get; } = First(messages).Family;

    /// <summary>The family, if it is one whose rules may be those of iptables.</summary>
    public Family? Known => Sharptables.Model.Family.Numbered(Family);

    /// <summary>The name.</summary>
    public byte[] Name { get; } = NetlinkAttributes.FindText(First(messages).Attributes, NfTables.Table.Name).ToArray();

    /// <summary>Whether only the process that made it may change it.</summary>
    public bool IsOwned { get; } =
        (NetlinkAttributes.FindNumber(First(messages).Attributes, NfTables.Table.Flags) & NfTables.Table.OwnedFlag) != 0;

    /// <summary>The names of what its rules refer to by numbers; null if it cannot have such rules, or they were not asked for yet.</summary>
    public ReferenceNames? Names { get; set; }

    /// <summary>Whether another is of the table with the same name.</summary>
    public bool IsOfSame(NftTableCopy other) => Family == other.Family && Name.AsSpan().SequenceEqual(other.Name);

    /// <summary>A copy that has only the table itself yet.</summary>
    public static NftTableCopy Begin(byte family, ReadOnlySpan<byte> attributes)
    {
        NativeBuffer messages = new(FirstSize);
        Add(messages, NfTables.Message.NewTable, family, attributes);
        return new NftTableCopy(messages);
    }

    /// <summary>Adds a message of the list.</summary>
    public void Add(ushort type, ReadOnlySpan<byte> attributes) => Add(messages, type, Family, attributes);

    /// <summary>Whether the table has been changed since; what packets alone change does not count, but for counters that have gone back.</summary>
    /// <param name="now">The table as it is now.</param>
    public bool HasChanged(NftTableCopy now)
    {
        NetlinkMessages then = new(messages.Bytes);
        NetlinkMessages later = new(now.Messages.Bytes);
        bool isDynamic = false;
        while (true)
        {
            bool areMore = NextSettled(ref then, ref isDynamic, out byte[] before, out List<ulong> counts);
            if (areMore != NextSettled(ref later, ref isDynamic, out byte[] after, out List<ulong> countsNow))
            {
                return true;
            }

            if (!areMore)
            {
                return false;
            }

            if (then.Type != later.Type || !before.AsSpan().SequenceEqual(after) || counts.Count != countsNow.Count)
            {
                return true;
            }

            for (int i = 0; i < counts.Count; i++)
            {
                if (countsNow[i] < counts[i])
                {
                    return true;
                }
            }
        }
    }

    /// <summary>Writes the messages that make the table.</summary>
    /// <param name="to">The batch.</param>
    /// <param name="sequence">The sequence number of the next message.</param>
    public void Write(NetlinkWriter to, ref uint sequence)
    {
        uint sets = 0;
        bool isReversed = false;
        NetlinkMessages each = new(messages.Bytes);
        while (each.MoveNext())
        {
            int flags = NetlinkSocket.RequestFlag | NetlinkSocket.CreateFlag | (each.Type == NfTables.Message.NewRule ? NetlinkSocket.AppendFlag : 0);
            to.Begin(each.Type, (ushort)flags, sequence++, Family);
            NetlinkAttributes attributes = new(each.Attributes);
            while (attributes.MoveNext())
            {
                if (isReversed && each.Type == NfTables.Message.NewSetElement && attributes.Type == NfTables.SetElements.Elements)
                {
                    WriteReversed(attributes.Data, to);
                }
                else if (each.Type == NfTables.Message.NewRule && attributes.Type == NfTables.Rule.Expressions)
                {
                    WriteExpressions(attributes.Data, to);
                }
                else if (!IsTheKernels(each.Type, attributes.Type))
                {
                    to.Append(attributes.Whole);
                }
            }

            if (each.Type == NfTables.Message.NewSet)
            {
                to.Put(NfTables.Set.Id, ++sets);
                isReversed = (NetlinkAttributes.FindNumber(each.Attributes, NfTables.Set.Flags)
                    & (NfTables.Set.IntervalFlag | NfTables.Set.ConcatenatedFlag)) == NfTables.Set.IntervalFlag;
            }
            else if (each.Type == NfTables.Message.NewRule)
            {
                RuleProtocol.Write(Family, NetlinkAttributes.Find(each.Attributes, NfTables.Rule.Expressions), to);
            }

            to.End();
        }
    }

    /// <summary>Gives the matches and targets of x_tables in its rules.</summary>
    public void Walk(ReferenceNames.RecordVisitor visit)
    {
        byte[] record = [];
        NetlinkMessages each = new(messages.Bytes);
        while (each.MoveNext())
        {
            ExpressionList expressions = new(each.Type == NfTables.Message.NewRule ? NetlinkAttributes.Find(each.Attributes, NfTables.Rule.Expressions) : default);
            while (expressions.MoveNext())
            {
                if (expressions.Kind is not (ExpressionKind.Match or ExpressionKind.Target))
                {
                    continue;
                }

                ReadOnlySpan<byte> info = NetlinkAttributes.Find(expressions.Data, NfTables.Extension.Info);
                ReadOnlySpan<byte> name = NetlinkAttributes.FindText(expressions.Data, NfTables.Extension.Name);
                byte revision = (byte)NetlinkAttributes.FindNumber(expressions.Data, NfTables.Extension.Revision);
                Array.Resize(ref record, Math.Max(record.Length, ExtensionRecord.SizeFor(info.Length)));
                _ = ExtensionRecord.WriteHead(record, name, revision, info.Length);
                info.CopyTo(record.AsSpan(ExtensionRecord.HeadSize));
                visit(new ExtensionRecord(record), expressions.Kind == ExpressionKind.Target);
                _ = ((ReadOnlySpan<byte>)messages.Bytes).Overlaps(info, out int place);
                record.AsSpan(ExtensionRecord.HeadSize, info.Length).CopyTo(messages.Slice(place, info.Length));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => messages.Dispose();

    private static void Add(NativeBuffer messages, ushort type, byte family, ReadOnlySpan<byte> attributes)
    {
        NetlinkWriter to = new(messages);
        to.Begin(type, 0, 0, family);
        to.Append(attributes);
        to.End();
    }

    private static NetlinkMessages First(NativeBuffer messages)
    {
        NetlinkMessages each = new(messages.Bytes);
        _ = each.MoveNext();
        return each;
    }

    /// <summary>The kernel lists the ends of intervals from the highest down, and takes them from the lowest up.</summary>
    private static void WriteReversed(ReadOnlySpan<byte> elements, NetlinkWriter to)
    {
        List<Range> places = [];
        NetlinkAttributes each = new(elements);
        while (each.MoveNext())
        {
            _ = elements.Overlaps(each.Whole, out int start);
            places.Add(start..(start + each.Whole.Length));
        }

        int nest = to.BeginNest(NfTables.SetElements.Elements);
        for (int i = places.Count - 1; i >= 0; i--)
        {
            to.Append(elements[places[i]]);
        }

        to.EndNest(nest);
    }

    /// <summary>Writes expressions as the kernel takes them, which is not quite as it lists them.</summary>
    private static void WriteExpressions(ReadOnlySpan<byte> expressions, NetlinkWriter to)
    {
        int list = to.BeginNest(NfTables.Rule.Expressions);
        NetlinkAttributes each = new(expressions);
        while (each.MoveNext())
        {
            ReadOnlySpan<byte> name = NetlinkAttributes.FindText(each.Data, NfTables.Expression.Name);
            ReadOnlySpan<byte> data = NetlinkAttributes.Find(each.Data, NfTables.Expression.Data);
            ushort unset = NotTakenAsZero(name);
            if (unset == 0 || data.IsEmpty || NetlinkAttributes.Find(data, unset).ContainsAnyExcept((byte)0))
            {
                to.Append(each.Whole);
                continue;
            }

            int expression = to.BeginNest(NfTables.List.Element);
            to.PutText(NfTables.Expression.Name, name);
            int nest = to.BeginNest(NfTables.Expression.Data);
            NetlinkAttributes parts = new(data);
            while (parts.MoveNext())
            {
                if (parts.Type != unset)
                {
                    to.Append(parts.Whole);
                }
            }

            to.EndNest(nest);
            to.EndNest(expression);
        }

        to.EndNest(list);
    }

    /// <summary>The attribute of an expression that the kernel lists as zero where it was not given, and does not take then; or 0.</summary>
    private static ushort NotTakenAsZero(ReadOnlySpan<byte> expression) =>
        Ascii.Equals(expression, "exthdr") ? NfTables.ExtensionHeader.Flags
        : Ascii.Equals(expression, "dynset") ? NfTables.DynamicSet.Timeout
        : Ascii.Equals(expression, NfTables.OsFingerprint.Name) ? NfTables.OsFingerprint.Flags
        : (ushort)0;

    /// <summary>Whether an attribute is what the kernel has found for itself, and does not take.</summary>
    private static bool IsTheKernels(ushort message, ushort attribute) => message switch
    {
        NfTables.Message.NewTable => attribute is NfTables.Table.Handle or NfTables.Table.Use or NfTables.Table.Owner,
        NfTables.Message.NewChain => attribute is NfTables.Chain.Handle or NfTables.Chain.Use or NfTables.Chain.Id,
        NfTables.Message.NewSet => attribute is NfTables.Set.Handle or NfTables.Set.Kind or NfTables.Set.Count,
        NfTables.Message.NewObject => attribute is NfTables.Object.Handle or NfTables.Object.Use,
        NfTables.Message.NewFlowTable => attribute is NfTables.FlowTable.Handle or NfTables.FlowTable.Use,
        NfTables.Message.NewRule => attribute is NfTables.Rule.Handle or NfTables.Rule.Position,
        _ => false,
    };

    /// <summary>
    /// Gives the next message without what changes by packets and time. The elements of a set to which packets add are skipped.
    /// </summary>
    private static bool NextSettled(ref NetlinkMessages each, ref bool isDynamic, out byte[] settled, out List<ulong> counts)
    {
        settled = [];
        counts = [];
        do
        {
            if (!each.MoveNext())
            {
                return false;
            }

            isDynamic = each.Type == NfTables.Message.NewSet
                ? (NetlinkAttributes.FindNumber(each.Attributes, NfTables.Set.Flags) & NfTables.Set.DynamicFlag) != 0
                : isDynamic && each.Type == NfTables.Message.NewSetElement;
        }
        while (isDynamic && each.Type == NfTables.Message.NewSetElement);
        settled = each.Attributes.ToArray();
        new Settling(settled, counts).Settle(each.Type);
        return true;
    }

    /// <summary>Sets to zero what changes by packets and time.</summary>
    /// <param name="message">The attributes of a message.</param>
    /// <param name="counts">Gets the counters that were there.</param>
    private readonly ref struct Settling(Span<byte> message, List<ulong> counts)
    {
        private readonly Span<byte> _message = message;

        public void Settle(ushort type)
        {
            NetlinkAttributes each = new(_message);
            while (each.MoveNext())
            {
                switch (type, each.Type)
                {
                    case (NfTables.Message.NewChain, NfTables.Chain.Counters):
                        Count(each.Data, NfTables.Counter.Packets, NfTables.Counter.Bytes);
                        break;
                    case (NfTables.Message.NewSet, NfTables.Set.Count):
                        Clear(each.Data);
                        break;
                    case (NfTables.Message.NewRule, NfTables.Rule.Expressions):
                        SettleExpressions(each.Data);
                        break;
                    case (NfTables.Message.NewSetElement, NfTables.SetElements.Elements):
                        SettleElements(each.Data);
                        break;
                    case (NfTables.Message.NewObject, NfTables.Object.Data):
                        SettleObject(each.Data, NetlinkAttributes.FindNumber(_message, NfTables.Object.Kind));
                        break;
                }
            }
        }

        private void SettleElements(ReadOnlySpan<byte> elements)
        {
            NetlinkAttributes each = new(elements);
            while (each.MoveNext())
            {
                NetlinkAttributes parts = new(each.Data);
                while (parts.MoveNext())
                {
                    switch (parts.Type)
                    {
                        case NfTables.SetElement.Expiration:
                            Clear(parts.Data);
                            break;
                        case NfTables.SetElement.Expression:
                            SettleExpression(parts.Data);
                            break;
                        case NfTables.SetElement.Expressions:
                            SettleExpressions(parts.Data);
                            break;
                    }
                }
            }
        }

        private void SettleExpressions(ReadOnlySpan<byte> expressions)
        {
            NetlinkAttributes each = new(expressions);
            while (each.MoveNext())
            {
                SettleExpression(each.Data);
            }
        }

        private void SettleExpression(ReadOnlySpan<byte> expression) => SettleState(
            NetlinkAttributes.Find(expression, NfTables.Expression.Data),
            NetlinkAttributes.FindText(expression, NfTables.Expression.Name));

        private void SettleObject(ReadOnlySpan<byte> state, uint kind)
        {
            if (kind == NfTables.Object.CounterKind)
            {
                Count(state, NfTables.Counter.Packets, NfTables.Counter.Bytes);
            }
            else if (kind == NfTables.Object.QuotaKind)
            {
                Count(state, NfTables.Quota.Consumed, NfTables.Quota.Consumed);
            }
        }

        private void SettleState(ReadOnlySpan<byte> state, ReadOnlySpan<byte> kind)
        {
            if (Ascii.Equals(kind, "counter"))
            {
                Count(state, NfTables.Counter.Packets, NfTables.Counter.Bytes);
            }
            else if (Ascii.Equals(kind, NfTables.Quota.Name))
            {
                Count(state, NfTables.Quota.Consumed, NfTables.Quota.Consumed);
            }
            else if (Ascii.Equals(kind, "last"))
            {
                Clear(state);
            }
        }

        private void Count(ReadOnlySpan<byte> attributes, ushort one, ushort other)
        {
            NetlinkAttributes each = new(attributes);
            while (each.MoveNext())
            {
                if (each.Type == one || each.Type == other)
                {
                    counts.Add(each.LongNumber);
                    Clear(each.Data);
                }
            }
        }

        private void Clear(ReadOnlySpan<byte> part)
        {
            _ = ((ReadOnlySpan<byte>)_message).Overlaps(part, out int start);
            _message.Slice(start, part.Length).Clear();
        }
    }
}
