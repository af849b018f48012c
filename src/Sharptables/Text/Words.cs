using System;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>The words of a command: slices of one buffer, reused from line to line.</summary>
internal sealed class Words
{
    private byte[] _text = new byte[256];
    private (int Start, int Length)[] _words = new (int, int)[16];
    private int _length;
    private int _lastText;
    private ArgumentVector? _vector;

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> this[int index] => new(_text, _words[index].Start, _words[index].Length);

    public ReadOnlySpan<byte> Span(int index) => _text.AsSpan(_words[index].Start, _words[index].Length);

    public ReadOnlySpan<byte> Span(Word place)
    {
        (int start, int length) = _words[place.Index];
        return _text.AsSpan(start + place.Offset, length - place.Offset);
    }

    /// <summary>The words for C; good until they change.</summary>
    public ArgumentVector Vector
    {
        get
        {
            if (_vector is null)
            {
                int size = 0;
                for (int i = 0; i < Count; i++)
                {
                    size += _words[i].Length;
                }

                _vector = new ArgumentVector(Count, size);
                for (int i = 0; i < Count; i++)
                {
                    _vector.Add(Span(i));
                }
            }

            return _vector;
        }
    }

    /// <summary>Where a word begins in the text added last; not valid if quotes in front of it in the word were removed.</summary>
    internal int StartInText(int index) => _words[index].Start - _lastText;

    public ReadOnlyMemory<byte> Memory(Word place) => this[place.Index][place.Offset..];

    public void Clear()
    {
        Count = 0;
        _length = 0;
        DropVector();
    }

    public void Add(ReadOnlySpan<byte> word)
    {
        _ = AddText(word);
        AddSlice(0, word.Length);
    }

    /// <summary>Adds words, one by one.</summary>
    public void Add(ReadOnlySpan<byte[]> words)
    {
        foreach (byte[] word in words)
        {
            Add(word);
        }
    }

    /// <summary>Adds text to cut words from, and returns where it is stored.</summary>
    internal Span<byte> AddText(ReadOnlySpan<byte> text)
    {
        if (_text.Length - _length < text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        }

        _lastText = _length;
        _length += text.Length;
        Span<byte> place = _text.AsSpan(_lastText, text.Length);
        text.CopyTo(place);
        return place;
    }

    /// <summary>The size of all text, in bytes.</summary>
    internal int TextLength => _length;

    /// <summary>Drops the text added since; words stay.</summary>
    internal void Truncate(int textLength)
    {
        _length = textLength;
        DropVector();
    }

    /// <summary>Replaces a word by part of the text added last.</summary>
    internal void Replace(int index, int start, int length) => _words[index] = (_lastText + start, length);

    /// <summary>Adds a word that is part of the text added last.</summary>
    internal void AddSlice(int start, int length)
    {
        if (Count == _words.Length)
        {
            Array.Resize(ref _words, Count * 2);
        }

        _words[Count++] = (_lastText + start, length);
    }

    private void DropVector()
    {
        _vector?.Free();
        _vector = null;
    }
}
