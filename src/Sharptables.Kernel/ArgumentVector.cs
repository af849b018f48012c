using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Words as C programs have them (<c>argv</c>): outside of the collector's heap, each ended by a NUL, and a null pointer behind them.</summary>
internal sealed unsafe class ArgumentVector
{
    private readonly byte** _words;
    private byte* _end;
    private int _count;

    /// <param name="count">How many words there will be.</param>
    /// <param name="size">Their length in all, in bytes.</param>
    public ArgumentVector(int count, int size)
    {
        _words = (byte**)NativeMemory.AllocZeroed((nuint)(((count + 1) * sizeof(byte*)) + size + count));
        _end = (byte*)(_words + count + 1);
    }

    /// <summary>The pointers to the words.</summary>
    internal byte** Pointers => _words;

    public void Add(ReadOnlySpan<byte> word)
    {
        // SAFETY: the constructor made room for all words, each with a NUL, which is there.
        _words[_count++] = _end;
        word.CopyTo(new Span<byte>(_end, word.Length));
        _end += word.Length + 1;
    }

    /// <summary>A word, or the rest of it.</summary>
    internal byte* At(int index, int offset) => _words[index] + offset;

    /// <summary>Gives the memory back; nothing may use the words any more.</summary>
    public void Free() => NativeMemory.Free(_words);
}
