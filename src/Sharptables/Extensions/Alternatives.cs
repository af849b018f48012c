using System;
using System.Collections.Generic;

namespace Sharptables.Extensions;

/// <summary>The options with several values: there is a rule for each combination.</summary>
internal sealed class Alternatives
{
    private readonly List<(Option Option, int Start, int Size, int Count)> _lists = [];
    private byte[] _values = [];
    private int _length;

    /// <summary>The number of rules.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach ((_, _, _, int values) in _lists)
            {
                count *= values;
            }

            return count;
        }
    }

    public void Clear()
    {
        _lists.Clear();
        _length = 0;
    }

    /// <summary>Adds a value of two parts. Add all values of an option before those of the next.</summary>
    public void Add(Option option, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int size = first.Length + second.Length;
        if (_lists is not [.., var last] || !ReferenceEquals(last.Option, option))
        {
            _lists.Add((option, _length, size, 1));
        }
        else
        {
            _lists[^1] = last with { Count = last.Count + 1 };
        }

        if (_values.Length - _length < size)
        {
            Array.Resize(ref _values, Math.Max(256, _values.Length * 2));
        }

        first.CopyTo(_values.AsSpan(_length));
        second.CopyTo(_values.AsSpan(_length + first.Length));
        _length += size;
    }

    /// <summary>Writes the values of one rule into a payload; those of the option added last vary fastest.</summary>
    public void Put(long rule, Span<byte> payload)
    {
        for (int i = _lists.Count - 1; i >= 0; i--)
        {
            (Option option, int start, int size, int count) = _lists[i];
            option.Put(_values.AsSpan(start + ((int)(rule % count) * size), size), payload);
            rule /= count;
        }
    }
}
