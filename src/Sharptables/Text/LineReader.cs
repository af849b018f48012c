using System;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>Reads lines from a descriptor through one buffer, which grows only for a line that is longer.</summary>
/// <param name="descriptor">Where from.</param>
public sealed class LineReader(int descriptor)
{
    /// <summary>Bytes that a line may have: far more than any rule, and no more than every machine can hold.</summary>
    public const int MaxLine = 16 << 20;

    private byte[] _buffer = descriptor < 0 ? [] : new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <param name="content">All that there is to read.</param>
    public LineReader(byte[] content)
        : this(-1)
    {
        ArgumentNullException.ThrowIfNull(content);
        _buffer = content;
        _end = content.Length;
        _isAtEnd = true;
    }

    /// <summary>How many lines have been read.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the last line ended with a line feed.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Reads the next line, without its line feed; it stays valid until the next call.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="UsageException">It is longer than <see cref="MaxLine"/>, or does not end.</exception>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        for (; ; )
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                IsTerminated = true;
                Number++;
                return true;
            }

            searched = _end - _start;
            if (searched > MaxLine)
            {
                throw new UsageException($"line {Number + 1} failed", ErrorShape.Refused) { Hint = $"It is longer than {MaxLine >> 20} MiB: no rules are." };
            }

            if (_isAtEnd)
            {
                line = _buffer.AsSpan(_start, searched);
                _start = _end;
                IsTerminated = false;
                Number += searched > 0 ? 1 : 0;
                return searched > 0;
            }

            Fill();
        }
    }

    /// <summary>Reads on to the line that has a number; null when there is none.</summary>
    public byte[]? Find(int number)
    {
        while (Read(out ReadOnlySpan<byte> line))
        {
            if (Number == number)
            {
                return line.ToArray();
            }
        }

        return null;
    }

    private void Fill()
    {
        int pending = _end - _start;
        if (pending == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            _buffer.AsSpan(_start, pending).CopyTo(_buffer);
        }

        _start = 0;
        _end = pending;
        int count = FileDescriptor.ReadChunk(descriptor, _buffer.AsSpan(_end));
        _isAtEnd = count == 0;
        _end += count;
    }
}
