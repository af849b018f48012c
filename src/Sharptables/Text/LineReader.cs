using System;
using Sharptables.Kernel;

namespace Sharptables.Text;

/// <summary>Reads lines from a descriptor through one buffer, which grows only for a line that is longer.</summary>
/// <param name="descriptor">The descriptor to read.</param>
internal sealed class LineReader(int descriptor)
{
    /// <summary>The most bytes in a line: far more than any rule, and little enough for any machine's memory.</summary>
    public const int MaxLine = 16 << 20;

    private byte[] _buffer = descriptor < 0 ? [] : new byte[1 << 16];
    private int _line;
    private int _length;
    private int _next;
    private int _end;
    private bool _isAtEnd;

    /// <param name="content">The whole input.</param>
    /// <param name="before">How many lines of another input it follows.</param>
    public LineReader(byte[] content, int before = 0)
        : this(-1)
    {
        ArgumentNullException.ThrowIfNull(content);
        _buffer = content;
        Number = before;
        _end = content.Length;
        _isAtEnd = true;
    }

    /// <summary>The number of the line read last, from 1; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>The line read last, without its line feed.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_line, _length);

    /// <summary>Whether that line ended with a line feed.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Reads the next line; false at the end.</summary>
    /// <exception cref="UsageException">The line is longer than <see cref="MaxLine"/>.</exception>
    public bool Read()
    {
        int searched = 0;
        for (; ; )
        {
            int length = _buffer.AsSpan(_next + searched, _end - _next - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                _line = _next;
                _length = searched + length;
                _next += _length + 1;
                IsTerminated = true;
                Number++;
                return true;
            }

            searched = _end - _next;
            if (searched > MaxLine)
            {
                throw new UsageException($"line {Number + 1} failed", ErrorShape.Refused) { Hint = $"It is longer than {MaxLine >> 20} MiB: this cannot be a rule." };
            }

            if (!_isAtEnd)
            {
                Fill();
            }
            else
            {
                return TakeRest();
            }
        }
    }

    /// <summary>Reads on to the line of that number; null when the input ends before it.</summary>
    public byte[]? Find(int number)
    {
        while (Read())
        {
            if (Number == number)
            {
                return Line.ToArray();
            }
        }

        return null;
    }

    /// <summary>Takes what is left as a line without a line feed; false when nothing is left.</summary>
    private bool TakeRest()
    {
        if (_next == _end)
        {
            return false;
        }

        _line = _next;
        _length = _end - _next;
        _next = _end;
        IsTerminated = false;
        Number++;
        return true;
    }

    private void Fill()
    {
        int pending = _end - _next;
        if (pending == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            _buffer.AsSpan(_next, pending).CopyTo(_buffer);
        }

        _next = 0;
        _end = pending;
        int count = FileDescriptor.ReadChunk(descriptor, _buffer.AsSpan(_end));
        _isAtEnd = count == 0;
        _end += count;
    }
}
