using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>Writes the set of values that a condition of one rule looks up.</summary>
/// <param name="to">The batch.</param>
/// <param name="table">The name of the table.</param>
/// <param name="id">The number of the set in the batch.</param>
/// <param name="condition">The condition, of the form for which <see cref="ConditionWriter.LooksUp"/> is true.</param>
internal sealed class SetWriter(NetlinkWriter to, byte[] table, uint id, Condition condition)
{
    private const int MostElements = 1000; // in one message: the length of an attribute has 16 bits
    private const uint MacType = 9, AddressType = 7, TypeBits = 6; // how nft(8) numbers types of values, for the words in which it shows them
    private const uint BelongsToRule = NfTables.Set.AnonymousFlag | NfTables.Set.ConstantFlag;

    private readonly IReadOnlyList<(UInt128 First, UInt128 Last)> _values = condition.Values.Parts;
    private readonly int _length = condition.Field.Bits / 8;
    private int _written;

    /// <summary>Whether there are elements that are not written yet.</summary>
    public bool HasElements => _written < _values.Count;

    /// <summary>Writes the attributes of the set itself.</summary>
    public void WriteHead()
    {
        JoinedField? joined = condition.Field as JoinedField;
        to.PutText(NfTables.Set.Table, table);
        to.PutText(NfTables.Set.Name, NfTables.Set.AnyName);
        to.Put(NfTables.Set.Flags, joined is null ? BelongsToRule : BelongsToRule | NfTables.Set.IntervalFlag | NfTables.Set.ConcatenatedFlag);
        to.Put(NfTables.Set.KeyType, joined is null ? MacType : (MacType << (int)TypeBits) | AddressType);
        to.Put(NfTables.Set.KeyLength, (uint)_length);
        to.Put(NfTables.Set.Id, id);
        int description = to.BeginNest(NfTables.Set.Description);
        to.Put(NfTables.Set.Size, (uint)_values.Count);
        if (joined is not null)
        {
            int fields = to.BeginNest(NfTables.Set.Fields);
            WriteField(joined.First);
            WriteField(joined.Second);
            to.EndNest(fields);
        }

        to.EndNest(description);
    }

    /// <summary>Writes the attributes of a message with the next elements.</summary>
    public void WriteElements()
    {
        to.PutText(NfTables.SetElements.Table, table);
        to.PutText(NfTables.SetElements.Set, NfTables.Set.AnyName);
        to.Put(NfTables.SetElements.SetId, id);
        int list = to.BeginNest(NfTables.SetElements.Elements);
        for (int end = Math.Min(_written + MostElements, _values.Count); _written < end; _written++)
        {
            int element = to.BeginNest(NfTables.List.Element);
            WriteKey(NfTables.SetElement.Key, _values[_written].First);
            if (condition.Field is JoinedField)
            {
                WriteKey(NfTables.SetElement.KeyEnd, _values[_written].Last);
            }

            to.EndNest(element);
        }

        to.EndNest(list);
    }

    private void WriteField(PayloadField field)
    {
        int element = to.BeginNest(NfTables.List.Element);
        to.Put(NfTables.Set.FieldLength, (uint)(field.Bits / 8));
        to.EndNest(element);
    }

    private void WriteKey(ushort attribute, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        int key = to.BeginNest(attribute);
        to.Put(NfTables.Data.Value, bytes[^_length..]);
        to.EndNest(key);
    }
}
