using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Reads the sets and maps of a table, and the elements of those that have no name of their own: each belongs to one rule, which looks something up in
/// it, and never changes.
/// </summary>
/// <param name="socket">Where to ask; it must not be giving a list.</param>
/// <param name="table">The name of the table.</param>
internal sealed class NftSets(NftSocket socket, byte[] table)
{
    private const uint KnownFlags = NfTables.Set.AnonymousFlag | NfTables.Set.ConstantFlag | NfTables.Set.IntervalFlag | NfTables.Set.MapFlag
        | NfTables.Set.ConcatenatedFlag;

    /// <summary>A set by its name; null when there is none.</summary>
    /// <exception cref="KernelException">The kernel's answer is malformed.</exception>
    public NftSet? Find(ReadOnlySpan<byte> name)
    {
        if (!socket.TryReadSet(table, name, out ReadOnlySpan<byte> attributes))
        {
            return null;
        }

        uint flags = NetlinkAttributes.FindNumber(attributes, NfTables.Set.Flags);
        int keyLength = (int)NetlinkAttributes.FindNumber(attributes, NfTables.Set.KeyLength);
        bool isRules = (flags & NfTables.Set.AnonymousFlag) != 0 && (flags & ~KnownFlags) == 0;
        return new NftSet(keyLength, (flags & NfTables.Set.MapFlag) != 0, isRules ? Elements(name, flags) : null);
    }

    private List<NftSetElement>? Elements(ReadOnlySpan<byte> name, uint flags)
    {
        List<Element> elements = [];
        bool areKnown = true;
        socket.ReadIn(NfTables.Message.GetSetElement, socket.Family, table, name, (_, attributes) =>
        {
            NetlinkAttributes each = new(NetlinkAttributes.Find(attributes, NfTables.SetElements.Elements));
            while (each.MoveNext())
            {
                areKnown &= Element.TryRead(each.Data, out Element element);
                elements.Add(element);
            }
        });
        bool areEnds = (flags & (NfTables.Set.IntervalFlag | NfTables.Set.ConcatenatedFlag)) == NfTables.Set.IntervalFlag;
        return areKnown ? Intervals(elements, areEnds) : null;
    }

    /// <summary>
    /// The intervals of elements. Where each element is an end of one, that is the first value that is in it, or the first that is not any more.
    /// </summary>
    private static List<NftSetElement> Intervals(List<Element> elements, bool areEnds)
    {
        elements.Sort();
        List<NftSetElement> intervals = [];
        for (int i = 0; i < elements.Count; i++)
        {
            Element element = elements[i];
            if (!areEnds)
            {
                intervals.Add(new NftSetElement(element.Key, element.Last ?? element.Key, element.Data));
            }
            else if (!element.IsEnd)
            {
                byte[] last = i + 1 < elements.Count ? Before(elements[i + 1].Key) : Greatest(element.Key.Length);
                intervals.Add(new NftSetElement(element.Key, last, element.Data));
            }
        }

        return intervals;
    }

    private static byte[] Before(byte[] key)
    {
        byte[] before = [.. key];
        int i = before.Length;
        while (i > 0 && before[--i]-- == 0)
        {
            // borrows from the byte in front
        }

        return before;
    }

    private static byte[] Greatest(int size)
    {
        byte[] greatest = new byte[size];
        Array.Fill(greatest, byte.MaxValue);
        return greatest;
    }

    /// <summary>An element as the kernel has it.</summary>
    private readonly record struct Element(byte[] Key, byte[]? Last, byte[]? Data, bool IsEnd) : IComparable<Element>
    {
        private const uint EndFlag = 1; // NFT_SET_ELEM_INTERVAL_END

        /// <summary>Reads one; false if it has anything but values.</summary>
        public static bool TryRead(ReadOnlySpan<byte> attributes, out Element element)
        {
            byte[]? key = null, last = null, data = null;
            uint flags = 0;
            bool isKnown = true;
            NetlinkAttributes each = new(attributes);
            while (each.MoveNext())
            {
                switch (each.Type)
                {
                    case NfTables.SetElement.Key:
                        key = NetlinkAttributes.Find(each.Data, NfTables.Data.Value).ToArray();
                        break;
                    case NfTables.SetElement.KeyEnd:
                        last = NetlinkAttributes.Find(each.Data, NfTables.Data.Value).ToArray();
                        break;
                    case NfTables.SetElement.Data:
                        data = each.Data.ToArray();
                        break;
                    case NfTables.SetElement.Flags:
                        flags = each.Number;
                        break;
                    case NfTables.SetElement.UserData:
                        break;
                    default:
                        isKnown = false;
                        break;
                }
            }

            element = new Element(key ?? [], last, data, flags == EndFlag);
            return isKnown && key is not null && flags <= EndFlag;
        }

        /// <inheritdoc/>
        public int CompareTo(Element other)
        {
            int order = Key.AsSpan().SequenceCompareTo(other.Key);
            return order != 0 ? order : other.IsEnd.CompareTo(IsEnd);
        }
    }
}
