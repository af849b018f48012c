using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>The rules, one for each element of the sets and maps that a rule asks, that together do the same: a packet is what only one of them asks for.</summary>
/// <param name="sets">The elements.</param>
internal sealed class RuleAlternatives(SetSource sets)
{
    private const int Most = 256; // rules for one
    private const uint FirstWord = 8; // NFT_REG32_00
    private const uint Inverted = 1; // NFT_LOOKUP_F_INV, NFT_CMP_NEQ, NFT_RANGE_NEQ

    private readonly SortedList<int, int> _lengths = []; // of what was loaded last, by the first word of its register

    /// <summary>Those of a rule; null if there are none, or too many, or something counts what the rule takes in all.</summary>
    /// <param name="expressions">What is in <c>NFTA_RULE_EXPRESSIONS</c>.</param>
    public List<byte[]>? Of(ReadOnlySpan<byte> expressions)
    {
        _lengths.Clear();
        List<byte[]> all = [[]];
        bool asksSets = false, asksForMark = false; // which a chain that is jumped to may change
        NetlinkAttributes wholes = new(expressions);
        ExpressionList each = new(expressions);
        while (each.MoveNext() && wholes.MoveNext())
        {
            ExpressionAttributes attributes = new(each.Data);
            asksForMark |= (each.Kind is ExpressionKind.Meta && attributes.Number(NfTables.Meta.Key) == (uint)MetaKey.Mark)
                || (each.Kind is ExpressionKind.Ct && attributes.Number(NfTables.Ct.Key) == (uint)CtKey.Mark);
            if (each.Kind is not ExpressionKind.Lookup)
            {
                Load(each.Kind, attributes);
                if (each.Kind is ExpressionKind.Limit or ExpressionKind.Match || (each.Kind is ExpressionKind.Other && !DoesNotCount(each.Name)))
                {
                    return null;
                }

                byte[] whole = wholes.Whole.ToArray();
                all = all.ConvertAll(rule => (byte[])[.. rule, .. whole]);
            }
            else if (attributes.Number(NfTables.Lookup.Flags) == Inverted && sets(attributes.Text(NfTables.Lookup.Set)) is { Elements: { } others })
            {
                foreach (NftSetElement element in others) // the packet is none of them
                {
                    if (ExpressionsFor(element, attributes, Inverted) is not { } its || element.First.Length > _lengths.GetValueOrDefault(Registers.WordOf(attributes.Number(NfTables.Lookup.Source))))
                    {
                        return null;
                    }

                    all = all.ConvertAll(rule => (byte[])[.. rule, .. its]);
                }

                asksSets = true;
            }
            else if (attributes.Number(NfTables.Lookup.Flags) == 0 && sets(attributes.Text(NfTables.Lookup.Set)) is { Elements: { } elements } && all.Count * elements.Count <= Most)
            {
                List<byte[]> more = [];
                foreach (byte[] rule in all)
                {
                    foreach (NftSetElement element in elements)
                    {
                        if (ExpressionsFor(element, attributes) is not { } its)
                        {
                            return null;
                        }

                        more.Add([.. rule, .. its]);
                    }
                }

                (all, asksSets) = (more, true);
            }
            else
            {
                return null;
            }
        }

        return !asksSets || asksForMark ? null : all;
    }

    private static bool DoesNotCount(ReadOnlySpan<byte> name) => name.SequenceEqual("reject"u8) || name.SequenceEqual("nat"u8) || name.SequenceEqual("masq"u8)
        || name.SequenceEqual("redir"u8) || name.SequenceEqual("notrack"u8) || name.SequenceEqual("fib"u8);

    private void Load(ExpressionKind kind, in ExpressionAttributes attributes)
    {
        (uint register, uint length) = kind switch
        {
            ExpressionKind.Payload when !attributes.Has(NfTables.Payload.Source) => (attributes.Number(NfTables.Payload.Destination), attributes.Number(NfTables.Payload.Length)),
            ExpressionKind.Meta when !attributes.Has(NfTables.Meta.Source) =>
                (attributes.Number(NfTables.Meta.Destination), (uint)((Terms.OfMeta((MetaKey)attributes.Number(NfTables.Meta.Key))?.Bits ?? 0) / 8)),
            _ => (0u, 0u),
        };
        if (length > 0)
        {
            _lengths[Registers.WordOf(register)] = (int)length;
        }
    }

    /// <summary>Comparisons with an element, one for each field that it has, and what a map has for it; null if its fields are not known.</summary>
    private byte[]? ExpressionsFor(NftSetElement element, in ExpressionAttributes lookup, uint operation = 0)
    {
        using NativeBuffer bytes = new(256);
        NetlinkWriter to = new(bytes);
        uint source = lookup.Number(NfTables.Lookup.Source);
        for (int at = 0; at < element.First.Length;)
        {
            int word = Registers.WordOf(source) + (at / sizeof(uint)), rest = element.First.Length - at;
            if (!_lengths.TryGetValue(word, out int length) && at > 0)
            {
                return null;
            }

            length = length == 0 || rest <= length ? rest : length;
            Compare(to, at == 0 ? source : FirstWord + (uint)word, element.First.AsSpan(at, length), element.Last.AsSpan(at, length), operation);
            at += (length + sizeof(uint) - 1) & ~(sizeof(uint) - 1);
        }

        if (element.Data is { } value)
        {
            int expression = Begin(to, "immediate"u8, out int data);
            to.Put(NfTables.Immediate.Destination, lookup.Number(NfTables.Lookup.Destination));
            int nest = to.BeginNest(NfTables.Immediate.Data);
            to.Append(value);
            to.EndNest(nest);
            to.EndNest(data);
            to.EndNest(expression);
        }

        return bytes.Slice(0, bytes.Length).ToArray();
    }

    private static void Compare(NetlinkWriter to, uint register, ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, uint operation)
    {
        bool isOne = first.SequenceEqual(last);
        int expression = Begin(to, isOne ? "cmp"u8 : "range"u8, out int data);
        to.Put(isOne ? NfTables.Compare.Source : NfTables.Range.Source, register);
        to.Put(isOne ? NfTables.Compare.Operation : NfTables.Range.Operation, operation);
        PutValue(to, isOne ? NfTables.Compare.Data : NfTables.Range.From, first);
        if (!isOne)
        {
            PutValue(to, NfTables.Range.To, last);
        }

        to.EndNest(data);
        to.EndNest(expression);
    }

    private static int Begin(NetlinkWriter to, ReadOnlySpan<byte> name, out int data)
    {
        int expression = to.BeginNest(NfTables.List.Element);
        to.PutText(NfTables.Expression.Name, name);
        data = to.BeginNest(NfTables.Expression.Data);
        return expression;
    }

    private static void PutValue(NetlinkWriter to, ushort type, ReadOnlySpan<byte> value)
    {
        int nest = to.BeginNest(type);
        to.Put(NfTables.Data.Value, value);
        to.EndNest(nest);
    }
}
