using System;
using System.Collections.Generic;

namespace Sharptables.Names;

/// <summary>
/// Names and numbers, both ways, each within a scope (a service has a port for each protocol). The first entry of a name or number
/// wins, as in the files they come from. Names are slices of a few large arrays, not objects of their own.
/// </summary>
internal sealed class NameTable
{
    private readonly List<byte[]> _texts = [];
    private Entry[] _entries = new Entry[64];
    private int[] _byName = new int[128];
    private int[] _byNumber = new int[128];
    private int _count;

    /// <summary>Adds a text that slices will refer to.</summary>
    /// <returns>Its number for <see cref="Add"/>.</returns>
    public int AddText(byte[] text)
    {
        _texts.Add(text);
        return _texts.Count - 1;
    }

    /// <summary>Adds a name.</summary>
    /// <param name="text">The number of the text that holds it.</param>
    /// <param name="name">The name, as a range of the text.</param>
    /// <param name="scope">The scope, as a range of the text; empty for none.</param>
    /// <param name="number">Its number; null to remember that the name has none.</param>
    /// <param name="isCanonical">Whether the number is shown by this name; aliases are only read.</param>
    public void Add(int text, Range name, Range scope, uint? number, bool isCanonical)
    {
        (int nameStart, int nameLength) = name.GetOffsetAndLength(_texts[text].Length);
        (int scopeStart, int scopeLength) = scope.GetOffsetAndLength(_texts[text].Length);
        Entry entry = new()
        {
            Text = text,
            NameStart = nameStart,
            NameLength = nameLength,
            ScopeStart = scopeStart,
            ScopeLength = scopeLength,
            Number = number ?? 0,
            HasNumber = number is not null,
        };

        int existing = FindByName(Name(entry), Scope(entry));
        bool isNewName = existing < 0;
        bool isNewNumber = isCanonical && number is { } value && FindByNumber(value, Scope(entry)) < 0;
        if (!isNewName && !isNewNumber)
        {
            return;
        }

        if (_count == _entries.Length)
        {
            Grow();
        }

        _entries[_count] = entry;
        if (isNewName)
        {
            Insert(_byName, NameHash(Name(entry), Scope(entry)), _count);
        }

        if (isNewNumber)
        {
            Insert(_byNumber, NumberHash(entry.Number, Scope(entry)), _count);
        }

        _entries[_count].IsName = isNewName;
        _entries[_count].IsNumber = isNewNumber;
        _count++;
    }

    /// <summary>Remembers that a number has no name.</summary>
    public void AddNameless(uint number, ReadOnlySpan<byte> scope)
    {
        int text = AddText(scope.ToArray());
        Add(text, 0..0, .., number, isCanonical: true);
    }

    /// <summary>Looks up a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="scope">Its scope; empty for none.</param>
    /// <param name="number">Its number; null when the name is known to have none.</param>
    /// <returns>Whether anything is known about the name.</returns>
    public bool TryGetNumber(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope, out uint? number)
    {
        int found = name.IsEmpty ? -1 : FindByName(name, scope);
        number = found >= 0 && _entries[found].HasNumber ? _entries[found].Number : null;
        return found >= 0;
    }

    /// <summary>Looks up a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="scope">Its scope; empty for none.</param>
    /// <param name="name">Its name; empty when the number is known to have none.</param>
    /// <returns>Whether anything is known about the number.</returns>
    public bool TryGetName(uint number, ReadOnlySpan<byte> scope, out ReadOnlySpan<byte> name)
    {
        int found = FindByNumber(number, scope);
        name = found >= 0 ? Name(_entries[found]) : default;
        return found >= 0;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes, uint hash)
    {
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 16777619; // FNV-1a
        }

        return hash;
    }

    private static uint NameHash(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope) => Hash(scope, Hash(name, 2166136261));

    private static uint NumberHash(uint number, ReadOnlySpan<byte> scope) => Hash(scope, number * 2654435761);

    /// <summary>The tables hold an index plus 1; 0 is a free slot.</summary>
    private static void Insert(int[] table, uint hash, int index)
    {
        uint mask = (uint)table.Length - 1;
        uint place = (hash ^ (hash >> 15)) & mask;
        while (table[place] != 0)
        {
            place = (place + 1) & mask;
        }

        table[place] = index + 1;
    }

    private int FindByName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope)
    {
        uint hash = NameHash(name, scope);
        uint mask = (uint)_byName.Length - 1;
        for (uint place = (hash ^ (hash >> 15)) & mask; _byName[place] != 0; place = (place + 1) & mask)
        {
            ref Entry entry = ref _entries[_byName[place] - 1];
            if (Name(entry).SequenceEqual(name) && Scope(entry).SequenceEqual(scope))
            {
                return _byName[place] - 1;
            }
        }

        return -1;
    }

    private int FindByNumber(uint number, ReadOnlySpan<byte> scope)
    {
        uint hash = NumberHash(number, scope);
        uint mask = (uint)_byNumber.Length - 1;
        for (uint place = (hash ^ (hash >> 15)) & mask; _byNumber[place] != 0; place = (place + 1) & mask)
        {
            ref Entry entry = ref _entries[_byNumber[place] - 1];
            if (entry.Number == number && Scope(entry).SequenceEqual(scope))
            {
                return _byNumber[place] - 1;
            }
        }

        return -1;
    }

    private ReadOnlySpan<byte> Name(in Entry entry) => _texts[entry.Text].AsSpan(entry.NameStart, entry.NameLength);

    private ReadOnlySpan<byte> Scope(in Entry entry) => _texts[entry.Text].AsSpan(entry.ScopeStart, entry.ScopeLength);

    private void Grow()
    {
        Array.Resize(ref _entries, _count * 2);
        _byName = new int[_entries.Length * 2];
        _byNumber = new int[_entries.Length * 2];
        for (int i = 0; i < _count; i++)
        {
            ref Entry entry = ref _entries[i];
            if (entry.IsName)
            {
                Insert(_byName, NameHash(Name(entry), Scope(entry)), i);
            }

            if (entry.IsNumber)
            {
                Insert(_byNumber, NumberHash(entry.Number, Scope(entry)), i);
            }
        }
    }

    private struct Entry
    {
        public int Text;
        public int NameStart;
        public int NameLength;
        public int ScopeStart;
        public int ScopeLength;
        public uint Number;
        public bool HasNumber;
        public bool IsName;
        public bool IsNumber;
    }
}
