using System;

namespace Sharptables.Text;

/// <summary>The words of a command: slices of one buffer, reused from line to line.</summary>
public sealed class Words
{
    private byte[] _text = new byte[256];
    private (int Start, int Length)[] _words = new (int, int)[32];
    private int _length;

    /// <summary>How many words there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ReadOnlyMemory<byte> this[int index] => new(_text, _words[index].Start, _words[index].Length);

    /// <summary>One of them.</summary>
    public ReadOnlySpan<byte> Span(int index) => _text.AsSpan(_words[index].Start, _words[index].Length);

    /// <summary>Forgets all words.</summary>
    public void Clear()
    {
        Count = 0;
        _length = 0;
    }

    /// <summary>Adds a word.</summary>
    public void Add(ReadOnlySpan<byte> word)
    {
        int start = _length;
        Append(word);
        EndWord(start);
    }

    /// <summary>Where the next word would begin; see <see cref="EndWord"/>.</summary>
    internal int Position => _length;

    /// <summary>Adds to the word that is being put together.</summary>
    internal void Append(ReadOnlySpan<byte> part)
    {
        if (_text.Length - _length < part.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + part.Length));
        }

        part.CopyTo(_text.AsSpan(_length));
        _length += part.Length;
    }

    /// <summary>Ends the word that began at a position.</summary>
    internal void EndWord(int start)
    {
        if (Count == _words.Length)
        {
            Array.Resize(ref _words, Count * 2);
        }

        _words[Count++] = (start, _length - start);
    }
}
